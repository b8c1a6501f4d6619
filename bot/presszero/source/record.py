"""The form of a settings file, learned from its own reader: which keys it asks for, and as what.

The reader reads an example that has every map of the file once; what it asks there is what it knows. So a schema cannot
fall behind the reader. It must never be used to read a desk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from presszero.source.fields import Faults
from presszero.source.schema import Schema, anything, either, map_of, one_or_list, word
from presszero.source.tree import Node

PLAIN = word()


@dataclass
class _Asked:
    """What was asked under one key, or of the file."""

    kinds: list[Schema] = field(default_factory=list)
    is_map: bool = False
    is_list: bool = False
    needed: set[str] = field(default_factory=set)
    keys: dict[str, _Asked] = field(default_factory=dict)
    others: _Asked | None = None  # under names that the author chose
    chosen: set[str] = field(default_factory=set)

    def below(self, key: str) -> _Asked:
        """What was asked under a key."""
        if key in self.chosen and self.others is not None:
            return self.others
        return self.keys.setdefault(key, _Asked())

    def take(self, kind: Schema) -> None:
        """One more kind; a plain text is what the narrower ones are read from."""
        self.kinds = [k for k in self.kinds if k != PLAIN or kind == PLAIN]
        if kind not in self.kinds and (kind != PLAIN or not self.kinds):
            self.kinds.append(kind)

    def schema(self) -> Schema:
        """As JSON Schema."""
        plain = self.kinds[-1] if len(self.kinds) == 1 else {"anyOf": self.kinds} if self.kinds else anything()
        if not self.is_map:
            return plain
        others = self.others.schema() if self.others is not None else None
        made = map_of(
            {key: each.schema() for key, each in self.keys.items()}, needed=sorted(self.needed), others=others
        )
        if self.is_list:
            made = one_or_list(made)
        return either(made, plain) if self.kinds else made


class Recording(Faults):
    """Faults that remember what was asked."""

    def __init__(self, *files: Node, languages: tuple[str, ...]) -> None:
        super().__init__(languages)
        self._by_node = {id(root): _Asked() for root in files}

    def schema(self, file: Node) -> Schema:
        """The form of a file."""
        return self._by_node[id(file)].schema()

    def opened(self, node: Node) -> None:
        """A map began to be read."""
        if found := self._by_node.get(id(node)):
            found.is_map = True

    def asked(
        self, node: Node, key: str, kind: Callable[..., Schema] | None = None, *given: Any, needed: bool = False
    ) -> None:
        """A key was asked for."""
        here = self._by_node.get(id(node))
        if here is None:
            return
        found = here.below(key)
        if needed and key not in here.chosen:
            here.needed.add(key)
        if kind is not None:
            found.take(kind(*given))
        value = node.get(key)
        if value is not None:
            found.is_list |= value.kind == "list"
            self._by_node |= {id(each): found for each in (value, *value.items)}

    def chose(self, node: Node, key: str) -> None:
        """A key was the author's own name."""
        here = self._by_node.get(id(node))
        if here is not None:
            here.others = here.others or _Asked()
            here.chosen.add(key)
            self.asked(node, key)
