"""Names in dialogue tests that the desk does not declare: languages, channels, services, steps, queues, categories.

A test that waits at a step nobody has would fail for no reason the lead can see.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from presszero.check.script import FOLDER
from presszero.dialogue.flow import FlowSet
from presszero.errors import ContentError, Finding
from presszero.flows.names import CHANNELS
from presszero.handoff import Handoff
from presszero.handoff.model import PRIORITIES
from presszero.source.fields import meant
from presszero.source.read import read_file
from presszero.source.tree import Node

FORMAT = "1"
ANSWERS = ("failed", "not_found", "unknown")
ANY_QUEUE = ("any", "yes")
_HOLES = frozenset("$<{")  # a table of variants fills these in


def undeclared(root: Path, flows: FlowSet, people: Handoff | None) -> list[Finding]:
    """Every name of every test that is not there."""
    names = _Names(flows, people)
    found: list[Finding] = []
    for path in sorted((root / FOLDER).glob("**/*.yaml")):
        try:
            tree = read_file(path, root)
        except ContentError:
            continue  # told where the tests are read
        found += names.file(tree)
    return found


class _Names:
    def __init__(self, flows: FlowSet, people: Handoff | None) -> None:
        self._flows = flows
        self._services = flows.services
        self._steps = {step for flow in flows.flows.values() for step in flow.steps} | {"end"}
        self._full = {f"{name}/{step}" for name, flow in flows.flows.items() for step in flow.steps}
        self._queues = frozenset(people.queues) if people else None
        self._categories = frozenset(people.categories) if people else None
        self._lines: dict[str, Callable[[Node], Iterator[Finding]]] = {
            "at": self._at,
            "handoff": self._handoff,
            "ticket": self._ticket,
        }

    def file(self, tree: Node) -> Iterator[Finding]:
        number = tree.get("format")
        if number is not None and number.text.strip() != FORMAT:
            yield Finding(number.place, "PZ190", {"text": number.text})
        tests = tree.get("tests")
        for test in tests.items if tests is not None else ():
            yield from self._test(test)

    def _test(self, test: Node) -> Iterator[Finding]:
        yield from _listed(test.get("lang"), "language", "языка", self._flows.common.languages)
        yield from _listed(test.get("languages"), "language", "языка", self._flows.common.languages)
        yield from _listed(test.get("channel"), "channel", "канала", CHANNELS)
        services = test.get("services")
        for name, given in services.pairs if services is not None else ():
            yield from self._service(name, given)
        talk = test.get("talk")
        for line in talk.items if talk is not None else ():
            for key, value in line.pairs:
                if key.text in self._lines:
                    yield from self._lines[key.text](value)

    def _service(self, name: Node, given: Node) -> Iterator[Finding]:
        yield from _known(name, "service call", "вызова сервиса", self._services)
        service = self._services.get(name.text)
        if given.kind == "text":
            yield from _known(given, "answer of a service", "ответа сервиса", ANSWERS)
        for field, _ in given.pairs if service is not None else ():
            yield from _known(field, "field of this call", "поля у этого вызова", service.gives if service else ())

    def _at(self, node: Node) -> Iterator[Finding]:
        yield from _known(node, "step", "шага", self._full if "/" in node.text else self._steps)

    def _handoff(self, node: Node) -> Iterator[Finding]:
        if node.text not in ANY_QUEUE:
            yield from _known(node, "queue", "очереди", self._queues)

    def _ticket(self, node: Node) -> Iterator[Finding]:
        for key, what, what_ru, among in (
            ("category", "category", "категории", self._categories),
            ("queue", "queue", "очереди", self._queues),
            ("priority", "priority", "важности", PRIORITIES),
        ):
            yield from _listed(node.get(key), what, what_ru, among)


def _listed(node: Node | None, what: str, what_ru: str, among: Collection[str] | None) -> Iterator[Finding]:
    if node is not None:
        for each in node.items if node.kind == "list" else (node,):
            yield from _known(each, what, what_ru, among)


def _known(node: Node, what: str, what_ru: str, among: Collection[str] | None) -> Iterator[Finding]:
    name = node.text.strip()
    if among is None or name in among or not name or _HOLES.intersection(name):
        return
    yield Finding(node.place, "PZ806", {"what": what, "what_ru": what_ru, "name": name, **meant(name, among)})
