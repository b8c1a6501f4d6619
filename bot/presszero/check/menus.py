"""A rule about choices one after another: broad menus serve people better than deep ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from presszero.check.graph import Graph, Node
from presszero.dialogue.flow import Menu, Say, Set, Verb, When
from presszero.errors import Finding
from presszero.flows.model import Loaded

MOST_MENUS = 3
_DEEP = 8  # a row that long is told anyway
Row = tuple[Node, ...]


def rows(loaded: Loaded, graph: Graph) -> Iterator[Finding]:
    """More than three menus in a row, with nothing said or done between them."""
    yield from _rows(loaded, graph, "PZ323", lambda verb: isinstance(verb, Set | When))


def spoken(loaded: Loaded, graph: Graph) -> Iterator[Finding]:
    """The same by phone, where words between two menus are no rest."""
    if loaded.voice:
        yield from _rows(loaded, graph, "PZ332", lambda verb: isinstance(verb, Set | When | Say))


def _rows(loaded: Loaded, graph: Graph, code: str, between: Callable[[Verb], bool]) -> Iterator[Finding]:
    below = {n: _below(graph, n, between) for n in graph.edges if isinstance(graph.verb(n), Menu)}
    after = {menu for menus in below.values() for menu in menus}
    told: set[Node] = set()
    for head in sorted(below, key=lambda node: (node in after, loaded.place(*node))):  # rows are told from their head
        row = _longest(below, head, ())
        if len(row) > MOST_MENUS and row[MOST_MENUS] not in told and not told.intersection(row):
            told.update(row)
            values = {"count": str(len(row)), "steps": ", ".join(step for _, step in row)}
            yield Finding(loaded.place(*row[MOST_MENUS], "menu"), code, values)


def _longest(below: dict[Node, list[Node]], menu: Node, above: Row) -> Row:
    """The longest row that begins with a menu; a step back up the row ends it."""
    here = (*above, menu)
    rest = [n for n in below[menu] if n not in here] if len(here) < _DEEP else []
    return (menu, *max((_longest(below, n, here) for n in rest), key=len, default=()))


def _below(graph: Graph, menu: Node, between: Callable[[Verb], bool]) -> list[Node]:
    """The menus that may come next."""
    found: dict[Node, None] = {}
    seen = {menu}
    work = [e.to for e in graph.edges[menu] if e.exit.name not in {"give_up", "empty"}]
    while work:
        node = work.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(graph.verb(node), Menu):
            found[node] = None
        elif between(graph.verb(node)):
            work += [e.to for e in graph.edges[node]]
    return list(found)
