"""A map of a flow's file: one fault for one slip, so that a mistyped key is not also a missing one."""

from __future__ import annotations

from types import TracebackType

from presszero.source.fields import Faults, Fields
from presszero.source.nearest import nearest
from presszero.source.tree import Node


class Part(Fields):
    """Reads a map key by key; what is missing is told on leaving, unless an unknown key was meant for it."""

    def __init__(self, node: Node, faults: Faults) -> None:
        super().__init__(node, faults)
        self._missing: list[str] = []

    def get(self, key: str, *, needed: bool = False) -> Node | None:
        """The value under a key, which is known from now on."""
        found = super().get(key)
        if found is None and needed:
            self._missing.append(key)
        return found

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        slips = {nearest(k.text, self._asked) for k, _ in self.node.pairs if k.text not in self._asked}
        for key in self._missing:
            if key not in slips and self.node.kind == "map":
                self.faults.add(self.place, "PZ182", key=key)
