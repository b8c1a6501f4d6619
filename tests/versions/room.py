"""A small desk that can be published again and again, with people inside, on a clock of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from presszero.app import Running, Settings
from presszero.dialogue.state import State
from presszero.runtime.incoming import Incoming
from presszero.runtime.turn import state_of
from presszero.runtime.versions import Plan
from presszero.store.shelf import Publication
from tests.running import data_folder

SENT = count()
MORNING = 1795503600.0
CONFIG = """format: 1
name: {ru: "Пробный стол", en: "Test desk"}
languages: [en, ru]
zone: Europe/Moscow
channels:
  web: on
  rest: on
"""
COMMON = """format: 1
languages: [en, ru]
misunderstood:
  - {ru: "Не разобрал.", en: "I did not get that."}
give_up: {flow: to_operator}
silence: {chat: 30m, voice: 6s, reminder: {ru: "Я здесь.", en: "I am here."}}
"""
OPERATOR = """format: 1
flow: to_operator
title: {ru: "Оператор", en: "Operator"}
steps:
  - id: hand
    operator: here
    text: {ru: "Зову оператора.", en: "Calling an operator."}
    out_of_hours: note
    nobody: {after: 5m, go: note}
    returned: end
    resolved: end
  - id: note
    ticket: create
    category: other
    notify: [accepted, status_changed, resolved]
    save: t
  - id: promise
    say: {ru: "Записали: №${t.number}.", en: "Written down as ${t.number}."}
    go: end
"""
HANDOFF = {
    "handoff/categories.yaml": 'format: 1\nother:\n  title: {ru: "Другое", en: "Something else"}\n  queue: care\n  sla: usual\n  default: yes\n',
    "handoff/hours.yaml": 'format: 1\nalways:\n  zone: Europe/Moscow\n  week: {mon-sun: "00:00-24:00"}\n',
    "handoff/queues.yaml": 'format: 1\ncare:\n  title: {ru: "Забота", en: "Care"}\n  hours: always\n  default: yes\n',
    "handoff/sla.yaml": 'format: 1\nusual:\n  title: {ru: "Обычный", en: "Usual"}\n  calendar: always\n  reply: 1h\n  resolve: 13h\n',
}
ORDER = """format: 1
flow: order
title: {ru: "Заказ", en: "Order"}
queue: care
starts_on:
  phrases:
    ru: ["хочу сделать заказ", "оформить заказ", "заказать доставку"]
    en: ["place an order", "I want to order", "order a delivery"]
slots:
  number: {type: digits, min: 3, max: 6}
  name: {type: text}
%(publish)ssteps:
  - id: number
    ask: number
    text: {ru: "Какой номер товара?", en: "Which item number?"}
  - id: size
    menu: size
    text: {ru: "Какой размер?", en: "Which size?"}
    options:
      - {value: small, label: {ru: "Малый", en: "Small"}}
      - {value: large, label: {ru: "Большой", en: "Large"}}
  - id: name
    ask: name
    text: {ru: "На чьё имя?", en: "In whose name?"}
  - id: done
    say: {ru: "Готово: ${number}, ${size}, ${name}.", en: "Done: ${number}, ${size}, ${name}."}
    go: end
"""


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = MORNING

    def now(self) -> float:
        """The moment."""
        return self.at


def order(publish: str = "", **edits: str) -> str:
    """The flow, with parts replaced: ``order(old="new")`` by way of ``ORDER`` itself."""
    text = ORDER % {"publish": f"publish: {publish}\n" if publish else ""}
    for old, new in edits.items():
        text = text.replace(old, new)
    return text


def renamed(text: str) -> str:
    """Without the step ``size``: another step in its place."""
    return text.replace("  - id: size\n    menu: size", "  - id: colour\n    menu: colour").replace(
        "${size}", "${colour}"
    )


def make(folder: Path, flow: str = "") -> Path:
    """A desk's folder."""
    files = {"config.yaml": CONFIG, "flows/_common.yaml": COMMON, "flows/to_operator.yaml": OPERATOR, **HANDOFF}
    files["flows/order.yaml"] = flow or order()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@dataclass
class Room:
    """A desk that runs in this loop, without a socket."""

    running: Running
    folder: Path
    clock: Clock

    async def say(self, peer: str, text: str) -> list[str]:
        """A customer writes; what the bot says."""
        taken = await self.running.intake.accept(
            Incoming(channel="rest", peer=peer, kind="text", text=text, external_id=f"m{next(SENT)}", lang="en")
        )
        return [m.text for m in taken.messages if m.who != "customer"]

    async def state(self, peer: str) -> State:
        """Where a customer stands."""
        found, _ = await self.running.store.conversation("rest", peer, self.clock.at)
        return state_of(found)

    async def stand(self, peer: str, step: str) -> None:
        """Brings a customer to a step of the order."""
        await self.say(peer, "place an order")
        if step in {"size", "name"}:
            await self.say(peer, "1234")
        if step == "name":
            await self.say(peer, "Large")
        top = (await self.state(peer)).top
        assert top
        assert (top.flow, top.step) == ("order", step)

    def write(self, flow: str, name: str = "order") -> None:
        """Edits the draft."""
        (self.folder / "flows" / f"{name}.yaml").write_text(flow, encoding="utf-8")

    async def plan(self) -> Plan:
        """What publishing the draft would do."""
        return await self.running.current.publisher.plan()

    async def publish(self, flow: str = "", **more: object) -> Publication:
        """Edits the draft and publishes it."""
        if flow:
            self.write(flow)
        base, _ = await self.running.store.published()
        return await self.running.current.publisher.publish(base=base, author="vera", **more)  # type: ignore[arg-type]


@asynccontextmanager
async def room(folder: Path, data: Path, clock: Clock | None = None, *, published: bool = True) -> AsyncIterator[Room]:
    """The desk, for as long as the block lasts."""
    made = clock or Clock()
    settings = Settings(
        folder, data_folder(data), "http://desk.example", {}, watch=False, published=published, clock=made
    )
    running = Running(settings)
    await running.start()
    try:
        yield Room(running, folder, made)
    finally:
        await running.stop()
