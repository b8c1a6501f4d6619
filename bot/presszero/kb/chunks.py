"""Articles cut into what is searched (chunks) and what is quoted (passages).

A chunk is a section, or a part of a long one; a short article stays whole. A passage is a run of whole sentences of one
section, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from presszero.kb.article import Article, Section
from presszero.lang.words import stem, words

PASSAGE = 400  # characters of an answer
CHUNK = 900  # characters of a chunk; an article up to this size is one chunk
_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\b\w\.)(?<!\b\w\w\.) +(?=[^\Wa-zа-яё\d_]|[«\"“(])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a line, where it stands, and what joins it to the piece before."""

    text: str
    anchor: str
    glue: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of an article; the title and the headings above it count for search and are not quoted."""

    headings: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Everything that is searched."""
        return " ".join((*self.headings, *(piece.text for piece in self.pieces)))


def chunks(article: Article) -> list[Chunk]:
    """The chunks of an article, at least one."""
    if sum(len(section.heading) + len(section.text) for section in article.sections) <= CHUNK:
        pieces = tuple(piece for section in article.sections for piece in _pieces(section))
        headings = [section.heading for section in article.sections]
        return [Chunk((article.title, *headings) if pieces else (), pieces)]
    return [Chunk((article.title, section.heading), part) for section in article.sections for part in _parts(section)]


def _pieces(section: Section) -> Iterator[Piece]:
    for line in section.text.split("\n"):
        glue = "\n"
        for sentence in _SENTENCE.split(line):
            if sentence.strip():
                yield Piece(sentence.strip(), section.anchor, glue)
                glue = " "


def _parts(section: Section) -> Iterator[tuple[Piece, ...]]:
    part: list[Piece] = []
    size = 0
    for piece in _pieces(section):
        if part and size + len(piece.text) > CHUNK:
            yield tuple(part)
            part, size = [], 0
        part.append(piece)
        size += len(piece.text) + 1
    if part or section.heading:
        yield tuple(part)


def passage(found: Sequence[Chunk], asked: Mapping[str, float], size: int = PASSAGE) -> tuple[str, str]:
    """The run of sentences that says most of the asked stems (by weight), and its anchor; the earliest of equals.

    Without anything asked it is the article's beginning, where authors put the short answer.
    """
    best, best_score = ("", ""), -1.0
    for chunk in found:
        pieces = [(piece, {s: asked[s] for s in map(stem, words(piece.text)) if s in asked}) for piece in chunk.pieces]
        for start in range(len(pieces)):
            run, said = _run(pieces[start:], size)
            if sum(said.values()) > best_score and run:
                best, best_score = (run, pieces[start][0].anchor), sum(said.values())
    return best


def _run(pieces: Sequence[tuple[Piece, Mapping[str, float]]], size: int) -> tuple[str, dict[str, float]]:
    first = pieces[0][0]
    text, said = _cut(first.text, size), dict(pieces[0][1])
    for piece, stems in pieces[1:]:
        longer = text + piece.glue + piece.text
        if piece.anchor != first.anchor or len(longer) > size:
            break
        text = longer
        said |= stems
    return text, said


def _cut(text: str, size: int) -> str:
    """A sentence longer than a whole passage, cut at a word."""
    if len(text) <= size:
        return text
    head = text[: size - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip() + "…"
