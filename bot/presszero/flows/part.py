"""A map of a flow's file: an unknown key may have been an edge of the flow, which is then not sure."""

from __future__ import annotations

from types import TracebackType

from presszero.flows.page import Page
from presszero.source.fields import Fields
from presszero.source.tree import Node


class Part(Fields):
    """Reads a map key by key."""

    def __init__(self, node: Node, page: Page) -> None:
        super().__init__(node, page)
        self._page = page

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if any(key.text not in self._asked for key, _ in self.node.pairs):
            self._page.unsure = True
