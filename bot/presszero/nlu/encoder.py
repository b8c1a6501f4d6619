"""An encoder beside the model: what makes "my money is gone" stand near "funds disappeared". Optional, and never waited for.

Besides the packages of `presszero.encoders`: ``fastembed`` (``fastembed:MODEL``), when it is installed, and an address of
a server that speaks ``POST /v1/embeddings`` (``http://127.0.0.1:8080#MODEL``), to which every text goes then.
"""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from presszero import encoders
from presszero.errors import ConfigError
from presszero.lang.encoder import Encoder
from presszero.nowhere import reached

Floats = NDArray[np.float32]
MODEL = "intfloat/multilingual-e5-large"  # what fastembed takes when none is named
_AT_ONCE, _TIMEOUT, _MOST_BYTES = 64, 30.0, 64 << 20
_MEMORY = 512


def named(name: str) -> Encoder:
    """The encoder of a name or an address. Raises ConfigError when there is none, or its package is not installed."""
    if name.startswith(("http://", "https://")):
        return Served(name)
    if name.partition(":")[0] == "fastembed":
        try:
            return FastEmbed(name)
        except ImportError as error:
            raise ConfigError(f"The encoder {name} is not installed: pip install fastembed.") from error
    return encoders.encoder(name)


def rows(encoder: Encoder, texts: Sequence[str]) -> Floats:
    """A row of length one for each text. Raises ValueError when what comes is not that."""
    lower = [text.lower() or " " for text in texts]
    parts = [encoder.questions(lower[at : at + _AT_ONCE]) for at in range(0, len(lower), _AT_ONCE)]
    made: Floats = np.concatenate([np.asarray(part, np.float32) for part in parts])
    if made.ndim != 2 or len(made) != len(texts) or not np.isfinite(made).all():
        raise ValueError(f"{encoder.name}: not {len(texts)} rows of numbers")
    made /= np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)
    return made


class FastEmbed:
    """Any model of fastembed's; it fetches its weights when it is first made."""

    def __init__(self, name: str) -> None:
        self.name = name
        model = name.partition(":")[2] or MODEL
        self._model: Any = import_module("fastembed").TextEmbedding(model, threads=1)

    def questions(self, texts: Sequence[str], /) -> Floats:
        """Vectors of texts, of whichever kind."""
        return np.array(list(self._model.embed(list(texts))), np.float32)

    passages = questions


class Served:
    """A server that speaks ``POST /v1/embeddings``; its model is what stands after ``#``."""

    def __init__(self, address: str) -> None:
        self.name = address
        self._to = urlsplit(address)

    def questions(self, texts: Sequence[str], /) -> Floats:
        """Vectors of texts, of whichever kind. Raises OSError, ValueError and their like when there is no good answer."""
        host, secure = self._to.hostname or "", self._to.scheme == "https"
        line = http.client.HTTPConnection(host, self._to.port or (443 if secure else 80), timeout=_TIMEOUT)
        try:
            line.sock = reached(line.host, line.port, _TIMEOUT)  # judged before a text is sent
            if secure:
                line.sock = ssl.create_default_context().wrap_socket(line.sock, server_hostname=host)
            path = f"{self._to.path.rstrip('/').removesuffix('/v1')}/v1/embeddings"
            body = json.dumps({"model": self._to.fragment or "default", "input": list(texts)})
            line.request("POST", path, body, {"content-type": "application/json"})
            answer = line.getresponse()
            if answer.status != 200:
                raise ValueError(f"{self._to.hostname} answered {answer.status}")
            found = sorted(json.loads(answer.read(_MOST_BYTES))["data"], key=lambda row: row.get("index", 0))
            return np.array([row["embedding"] for row in found], np.float32)
        finally:
            line.close()

    passages = questions


class Budgeted:
    """One text at a time within a budget; who is late or fails is left out, and asked again when it has come to itself."""

    def __init__(self, name: str, budget_ms: float) -> None:
        self.name, self._budget = name, budget_ms / 1e3
        self._line = ThreadPoolExecutor(1, thread_name_prefix="encoder")
        self._own: Encoder | None = None  # made where it is used: its package takes a second to load
        self._late: Future[Floats] | None = None
        self._cached = lru_cache(maxsize=_MEMORY)(self._asked)

    def vector(self, text: str) -> Floats | None:
        """The row of a text, or None when there is none in time."""
        try:
            return self._cached(text)
        except Exception:  # noqa: BLE001 - whatever another's package raises, understanding goes on without it
            return None

    def _asked(self, text: str) -> Floats:
        if self._late and not self._late.done():
            raise TimeoutError
        asked = self._late = self._line.submit(self._made, text)
        return asked.result(self._budget)

    def _made(self, text: str) -> Floats:
        if self._own is None:
            self._own = named(self.name)
        row: Floats = rows(self._own, [text])[0]
        return row
