"""A YAML file as a tree of text, lists and maps, each with its place.

Every scalar stays the text that was typed (`no`, `12:30`, `0123`); the schema decides what it means. It must never
decide what a key means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from presszero.errors import Place


class Node(msgspec.Struct, frozen=True, gc=False):
    """One value of a file: ``kind`` says which of ``text``, ``items``, ``pairs`` holds it."""

    place: Place
    kind: Literal["text", "list", "map"]
    text: str = ""
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()  # key node, value node, in the file's order
    empty: bool = False  # nothing was written (``key:`` alone)
    quoted: bool = False  # the text stood in quotes or in a block

    def get(self, key: str) -> Node | None:
        """The value under ``key`` of a map, or None."""
        return next((v for k, v in self.pairs if k.text == key), None)

    def key(self, key: str) -> Node | None:
        """The key node itself (its place is where a fault in the key is reported)."""
        return next((k for k, _ in self.pairs if k.text == key), None)

    def keys(self) -> Iterator[str]:
        """The keys of a map in the file's order."""
        return (k.text for k, _ in self.pairs)
