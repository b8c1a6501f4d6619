"""What an encoder adds to a model: probabilities of its own, averaged with the model's, and their own calibration.

Without a vector for a text, late or not wanted, the model alone answers as if there were no encoder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Head:
    """A linear head over an encoder's vectors."""

    encoder: str
    mean: Floats
    weights: Floats  # as long as a vector × classes
    bias: Floats
    sharp: float = 1.0  # of the head's own scores
    lexical: float = 3.0  # of the model's scores beside it
    temperature: float = 1.0  # of what comes of both
    calibration: tuple[float, ...] = ()

    def scores(self, vector: NDArray[Any]) -> Floats:
        """The classes' scores by the encoder alone."""
        made: Floats = ((vector - self.mean) @ self.weights + self.bias).astype(np.float32)
        return made

    def blended(
        self, scores: Floats, numbers: tuple[float, ...], vector: NDArray[Any]
    ) -> tuple[Floats, tuple[float, ...]]:
        """The classes' scores by both, and the numbers that confidence is made of."""
        return averaged(self.lexical * scores, self.sharp * self.scores(vector), numbers)


def averaged(lexical: Floats, semantic: Floats, numbers: tuple[float, ...]) -> tuple[Floats, tuple[float, ...]]:
    """Log of the mean of two probabilities; of the model's numbers those stay that tell how much it knew."""
    shares = 0.5 * (softmax(lexical) + softmax(semantic))
    first, second = np.partition(shares, -2)[-2:][::-1] if len(shares) > 1 else (shares[0], 0.0)
    agree = float(lexical.argmax() == semantic.argmax())
    made = (1.0, float(first), float(first - second), agree, float(semantic.max()), *numbers[1:])
    return np.log(shares + _EPSILON), made


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities."""
    made: Floats = np.exp(scores - scores.max())
    made /= made.sum()
    return made
