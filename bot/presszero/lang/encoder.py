"""What turns texts into vectors of their meaning, as understanding and articles see it. Implementations are above (`encoders`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Encoder(Protocol):
    """Rows of length one, one for each text. It may be slow: who asks keeps a budget."""

    @property
    def name(self) -> str:
        """Name and version: vectors of another are of no use."""
        ...

    def questions(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Vectors of what people ask."""
        ...

    def passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Vectors of what is looked through."""
        ...
