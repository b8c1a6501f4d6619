"""One file of `flows/` while it is compiled: where its faults go, and which names of the set it may use."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from presszero.dialogue.text import Text
from presszero.errors import Place
from presszero.flows.model import Known, Where
from presszero.flows.names import RESERVED, Names
from presszero.flows.outline import Outline
from presszero.source.fields import Faults
from presszero.source.tree import Node

_TOKEN = re.compile(r"\w[\w./+-]*")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
NOTHING = Text({})


@dataclass(frozen=True, slots=True)
class Desk:
    """What every file of the set is checked against."""

    known: Known
    languages: tuple[str, ...]
    outlines: Mapping[str, Outline]
    exists: Callable[[str], bool]  # whether the desk has a file of that name

    @property
    def flows(self) -> Collection[str]:
        """The names of all flows, broken ones too."""
        return self.outlines.keys()


class Page(Faults):
    """A file being compiled. ``unsure`` = an edge of the flow could not be read."""

    def __init__(self, file: str, desk: Desk, own: Outline) -> None:
        super().__init__(desk.languages)
        self.file = file
        self.desk = desk
        self.own = own
        self.names: Names = own.names
        self.flow = own.name
        self.places: dict[Where, Place] = {}
        self.unsure = False

    def fault(self, node: Node, code: str, /, **values: str) -> None:
        """A finding at a node."""
        self.add(node.place, code, **values)

    def known(self, node: Node, code: str, among: Collection[str] | None) -> str:
        """The node's text, reported when it is not among the names; None = those names are not known here."""
        name = self.word(node)
        if name and among is not None and name not in among:
            self.unknown(node.place, code, name, among)
        return name

    def word(self, node: Node) -> str:
        """The node's text on one line; a list, a map or nothing is reported."""
        if node.kind == "text" and node.text.strip():
            return node.text.strip()
        self.fault(node, "PZ183", wanted_en="a text", wanted_ru="текст")
        return ""

    def token(self, node: Node) -> str:
        """A word that other files or the database know: no spaces, quotes or brackets."""
        word = self.word(node)
        if word and not _TOKEN.fullmatch(word):
            self.fault(node, "PZ248", name=word)
        return word

    def name(self, node: Node, *, reserved: Collection[str] = RESERVED) -> str:
        """A name that the author gives: small Latin letters, digits, underscores."""
        name = self.word(node)
        if name and not NAME.fullmatch(name):
            self.fault(node, "PZ204", name=name)
        elif name in reserved:
            self.fault(node, "PZ205", name=name)
        return name
