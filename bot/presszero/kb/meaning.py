"""Vectors of what articles say, kept by the hash of the text, and of what is asked, within a budget of time.

Until every text of a language has its vector, and whenever the encoder is too slow or fails, search goes by words alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from presszero.kb.article import Article
from presszero.kb.chunks import chunks
from presszero.kb.columns import Floats, Ints, Small
from presszero.lang.encoder import Encoder

BUDGET = 0.06  # seconds a question may take
AT_ONCE = 8  # texts encoded in one go
SAVE_EVERY = 200
_KEY = 16  # bytes of a hash
_MOST_USUAL = 0.95
log = logging.getLogger(__name__)


class Meaning:
    """An encoder and all the vectors it has made."""

    def __init__(self, encoder: Encoder, folder: Path | None = None, budget: float = BUDGET) -> None:
        self._encoder, self._budget = encoder, budget
        self._file = folder / f"vectors-{encoder.name}.npz" if folder else None
        self._known: dict[bytes, NDArray[np.float16]] = _read(self._file) if self._file else {}
        self._learning = Lock()
        self._asking = ThreadPoolExecutor(1, "encoder")
        self.version = 0  # grows with the vectors
        self.asked = lru_cache(maxsize=1024)(self._asked)

    def learn(self, texts: Iterable[str]) -> int:
        """Makes the vectors that are missing; how many. Slow: for a thread of its own, or before measuring."""
        with self._learning:
            wanted = [text for text in dict.fromkeys(texts) if _key(text) not in self._known]
            for at in range(0, len(wanted), AT_ONCE):
                some = wanted[at : at + AT_ONCE]
                rows = self._encoder.passages(some).astype(np.float16)
                self._known |= {_key(text): row for text, row in zip(some, rows, strict=True)}
                self.version += 1
                if self._file and (at // AT_ONCE + 1) % (SAVE_EVERY // AT_ONCE) == 0:
                    _write(self._file, self._known)
            if wanted and self._file:
                _write(self._file, self._known)
            return len(wanted)

    def rows(self, texts: Sequence[str]) -> Small | None:
        """The vectors of texts, or None while one is missing."""
        found = [self._known.get(_key(text)) for text in texts]
        have = [row for row in found if row is not None]
        return np.stack(have).astype(np.float32) if have and len(have) == len(found) else None

    def vector(self, text: str) -> Small | None:
        """The vector of a question, or None when it took too long: it is remembered for the next time all the same."""
        try:
            return self._asking.submit(self.asked, text).result(self._budget)
        except TimeoutError:
            return None
        except Exception:
            # A search must answer by words when the encoder breaks.
            log.exception("PZ-KB the encoder failed")
            return None

    def _asked(self, text: str) -> Small:
        found: Small = self._encoder.questions([text])[0]
        return found


class Places:
    """The vectors of the articles of one index."""

    def __init__(self, articles: Sequence[Article], meaning: Meaning) -> None:
        self._meaning = meaning
        self._many = len(articles)
        each = [said(article) for article in articles]
        self.texts = [text for fields in each for texts in fields for text in texts]
        self._article: Ints = np.array(
            [at for at, fields in enumerate(each) for texts in fields for _ in texts], np.int64
        )
        self._field: Ints = np.array([n for fields in each for n, texts in enumerate(fields) for _ in texts], np.int64)
        self._public = np.array([not articles[at].audience for at in self._article.tolist()], bool)
        self._rows: Small | None = None
        self._usual = 0.0
        self._version = -1

    def cosines(self, text: str) -> tuple[Floats, ...]:
        """How near each article's title or questions come to a text, and how near its body; () when only words can say.

        0 is how near any two texts of these articles come, as encoders differ in what they call near; -1: no such text.
        """
        if self._rows is None and self._version != self._meaning.version:
            self._version = self._meaning.version
            self._rows = self._meaning.rows(self.texts)
            self._usual = 0.0 if self._rows is None else _usual(self._rows[self._public])
        vector = None if self._rows is None else self._meaning.vector(text)
        if self._rows is None or vector is None:
            return ()
        found = np.full((2, self._many), -1.0)
        np.maximum.at(found, (self._field, self._article), (self._rows @ vector - self._usual) / (1 - self._usual))
        return found[0], found[1]


def _usual(rows: Small) -> float:
    """The mean cosine of two different rows; high when there are not two."""
    many = len(rows)
    if many < 2:
        return _MOST_USUAL
    total = rows.sum(axis=0, dtype=np.float64)
    return min(float(total @ total - many) / (many * (many - 1)), _MOST_USUAL)


def said(article: Article) -> tuple[list[str], list[str]]:
    """The texts of an article that have a vector each: its title and questions, and its chunks."""
    asked = [line for line in (article.title, *article.questions) if line]
    return asked, [text for chunk in chunks(article) if (text := chunk.text)]


def _key(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=_KEY).digest()


def _read(file: Path) -> dict[bytes, NDArray[np.float16]]:
    try:
        with np.load(file, allow_pickle=False) as data:
            keys, rows = data["keys"], data["rows"]
    except (OSError, ValueError, KeyError, EOFError):
        return {}  # none yet, or a broken one: it is made again
    return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}


def _write(file: Path, known: dict[bytes, NDArray[np.float16]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    keys = np.frombuffer(b"".join(known), np.uint8).reshape(-1, _KEY)
    with NamedTemporaryFile(dir=file.parent, suffix=".npz", delete=False) as out:
        np.savez(out, keys=keys, rows=np.stack(list(known.values())))
    Path(out.name).replace(file)
