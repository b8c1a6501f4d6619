"""An article's body as plain text, section by section: what is searched and what is quoted.

The words stay the author's; only marks of Markdown go, and lists and tables become lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from presszero.kb.article import Section

if TYPE_CHECKING:
    from markdown_it.token import Token

_INLINE = {"softbreak": " ", "hardbreak": "\n"}


def sections(tokens: list[Token]) -> tuple[Section, ...]:
    """The text under each heading of a parsed body; what stands before the first heading has none."""
    return _Reader().read(tokens)


@dataclass
class _Reader:
    done: list[Section] = field(default_factory=list)
    anchor: str = ""
    heading: str = ""
    lines: list[str] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)  # the next number of each open list, 0 for bullets
    cells: list[str] | None = None
    mark: str = ""

    def read(self, tokens: list[Token]) -> tuple[Section, ...]:
        for at, token in enumerate(tokens):
            handle = getattr(self, f"_{token.type}", None)
            if token.type == "heading_open":
                self._close()
                self.anchor, self.heading = str(token.attrGet("id")), _plain(tokens[at + 1])
            elif token.type == "inline" and not (at and tokens[at - 1].type == "heading_open"):
                self._add(_plain(token))
            elif handle:
                handle(token)
        self._close()
        return tuple(self.done)

    def _close(self) -> None:
        text = "\n".join(self.lines).strip()
        if text or self.heading:
            self.done.append(Section(self.anchor, self.heading, text))
        self.lines = []

    def _add(self, text: str) -> None:
        if self.cells is not None:
            self.cells.append(text)
            return
        if not text:
            return
        self.lines.append(self.mark + text)
        self.mark = ""

    def _bullet_list_open(self, _token: Token) -> None:
        self.lists.append(0)

    def _ordered_list_open(self, token: Token) -> None:
        self.lists.append(int(token.attrGet("start") or 1))

    def _list_item_open(self, _token: Token) -> None:
        number = self.lists[-1]
        self.mark = f"{number}. " if number else "• "
        self.lists[-1] += 1 if number else 0

    def _bullet_list_close(self, _token: Token) -> None:
        self.lists.pop()

    _ordered_list_close = _bullet_list_close

    def _tr_open(self, _token: Token) -> None:
        self.cells = []

    def _tr_close(self, _token: Token) -> None:
        self.lines.append(" — ".join(cell for cell in self.cells or () if cell))
        self.cells = None

    def _fence(self, token: Token) -> None:
        self.lines.append(token.content.rstrip())

    _code_block = _fence


def _plain(token: Token) -> str:
    """The words of a line; what a picture shows is said beside the picture only."""
    said = (child for child in token.children or () if child.type != "image")
    return "".join(_INLINE.get(child.type, child.content) for child in said).strip()
