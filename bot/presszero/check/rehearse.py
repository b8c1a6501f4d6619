"""A fault of the proof acted out: the real core walks the conversation, and what was said and done becomes a dialogue test.

It never invents what the core says. A conversation that the core does not follow to the fault is given back as not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from presszero.check.graph import Node
from presszero.check.prove import Fault, Move
from presszero.check.worlds import GIVEN, MAYBE, OUTER, Path
from presszero.dialogue import effects, events
from presszero.dialogue.effects import Step
from presszero.dialogue.events import Event, Facts
from presszero.dialogue.flow import Ask, FlowSet, Http, Kb, Menu, Operator, Slot, Ticket, Wait
from presszero.dialogue.knowledge import Answer, Passage
from presszero.dialogue.parse import Guess, Kind, Parse, Value
from presszero.dialogue.state import State
from presszero.dialogue.step import step

Outer = Mapping[Path, Any]
VERIFIED: Path = ("customer", "verified")
Phrases = Mapping[tuple[str, str], str]
ROUNDS = 6  # how often a circle is gone round to be believed
MOST_ACTS = 80
MOST_MISSES = 8
NOON, NIGHT = "2026-11-24 10:00", "2026-11-24 03:00"
_STOPS = Menu | Ask | Http | Kb | Ticket | Operator | Wait
_KEYBOARD = ("??", "!!")  # nothing that anybody could understand


@dataclass
class Dialogue:
    """A conversation that breaks the proof: a test's lines, what is given, and how it reads."""

    lang: str
    talk: list[dict[str, Any]] = field(default_factory=list)
    services: dict[str, Any] = field(default_factory=dict)
    articles: list[str] = field(default_factory=list)
    customer: dict[str, str] = field(default_factory=dict)
    channel: str = "web"
    night: bool = False
    alone: bool = False
    text: list[tuple[str, str]] = field(default_factory=list)  # who, what
    shown: bool = False

    def script(self, name: str) -> dict[str, Any]:
        """The dialogue as a test in the format of ``tests/dialogues``; it fails until the fault is mended."""
        test: dict[str, Any] = {"name": name, "lang": self.lang}
        if self.night:
            test["clock"] = NIGHT
        if self.alone:
            test["people"] = "none"
        if self.channel != "web":
            test["channel"] = self.channel
        if self.customer:
            test["customer"] = dict(self.customer)
        if self.services:
            test["services"] = {call: _one(given) for call, given in self.services.items()}
        if self.articles:
            test["articles"] = _one(self.articles)
        return test | {"talk": [*self.talk, {"reached": "person_or_ticket"}]}


def _one(given: list[Any]) -> Any:
    return given[0] if all(each == given[0] for each in given) else given


def rehearse(flows: FlowSet, fault: Fault, lang: str, phrases: Phrases | None = None) -> Dialogue:
    """Acts a fault out; ``phrases``: what customers write to start an intent, by intent and language."""
    found: Dialogue | None = None
    for way in (fault, *fault.others):
        for outer in _outer(way):
            acting = _Acting(flows, way, lang, phrases or {}, outer)
            acting.act()
            if acting.dialogue.shown:
                return acting.dialogue
            found = found or acting.dialogue
    return found or Dialogue(lang)


def _outer(fault: Fault) -> Iterator[Outer]:
    """What may be true outside all along: as the first condition took it, as the last did, of a stranger, of a known customer."""
    seen = [pair for m in (*fault.moves, *fault.circle) for pair in m.way.seen if pair[0][0] in OUTER]
    first, last = dict(reversed(seen)), dict(seen)
    yield first
    if last != first:
        yield last
    for verified in ("no", "yes"):
        yield first | {VERIFIED: verified}


class _Acting:
    def __init__(self, flows: FlowSet, fault: Fault, lang: str, phrases: Phrases, outer: Outer) -> None:
        self.phrases = phrases
        self.flows, self.fault = flows, fault
        self.moves: tuple[Move, ...] = (*fault.moves, *(fault.circle * ROUNDS))
        self.at = 0  # the next move to make
        self.state = State(lang=lang)
        self.now = 1_000_000.0
        self.helped = False  # a person or a ticket
        self.visits = 0
        self.dialogue = Dialogue(lang, channel=str(outer.get(("channel",)) or "web"))
        names = {m.way.name for m in self.moves if isinstance(self._verb(m.node), Operator)}
        self.dialogue.night = "out_of_hours" in names or any(not v for p, v in outer.items() if p[0] == "open")
        self.dialogue.alone = "nobody" in names
        self.dialogue.customer = {
            p[1]: _said(v, p[1]) for p, v in outer.items() if p[0] in {"customer", "told"} and len(p) > 1 and _is(v)
        }
        known = {k: (v == "yes" if k == "verified" else v) for k, v in self.dialogue.customer.items()}
        if outer.get(VERIFIED) == "no":
            self.dialogue.customer.pop("verified", None)
            known.pop("verified", None)
        self.facts = Facts(
            channel=self.dialogue.channel,
            default_lang=lang,
            customer=known,
            page={p[1]: str(v) for p, v in outer.items() if p[0] == "page" and len(p) > 1 and _is(v)},
            tags=tuple(t for p, v in outer.items() if p[0] == "tags" and v for t in p[1:2]),
            open=tuple(p[1] for p, v in outer.items() if p[0] == "open" and v),
        )

    # the conversation

    def act(self) -> None:
        """Begins, and goes on until the fault is there or the core went another way."""
        self._begin()
        for _ in range(MOST_ACTS):
            if self.helped or self._over():
                break
            if not self._next():
                break
        ended = self.fault.kind == "end" and self._over() and not self.helped
        circling = self.fault.kind == "round" and self.visits >= ROUNDS and not self.helped
        self.dialogue.shown = ended or circling

    def _over(self) -> bool:
        if self.fault.kind == "round":
            return self.visits >= ROUNDS
        ahead = any(isinstance(self._verb(m.node), _STOPS) for m in self.moves[self.at :])
        return not ahead and self.state.top is None

    def _begin(self) -> None:
        first = self.fault.moves[0].node if self.fault.moves else self.fault.node
        if self.fault.begin == "operator":
            self._say(
                next(iter(self.flows.common.universals.phrases.get("operator", {}).get(self.dialogue.lang, ())), "0")
            )
        elif self.fault.begin == "idle":
            self._miss()
        elif first[0] == self.flows.common.home:
            self._do({"start": "yes"}, events.Started(at=self.now, facts=self.facts))
        else:
            phrase, intent = self._starts(first[0])
            ranking = (Guess(intent, 1.0),)
            self._say(phrase, Parse(text=phrase, intent=intent, confidence=1.0, band="act", ranking=ranking))

    def _starts(self, name: str) -> tuple[str, str]:
        """What a customer writes to start a flow, and the intent it is taken for."""
        intents = [intent for intent, flow in self.flows.starts.items() if flow == name]
        said = [(p, i) for i in intents if (p := self.phrases.get((i, self.dialogue.lang)))]
        own = self.flows.flows[name].phrases.get(self.dialogue.lang, ())
        return next(iter(said), (next(iter(own), name), next(iter(intents), "")))

    def _next(self) -> bool:  # noqa: C901 - one case a verb
        """Makes the move that is due where the conversation stands; False when there is none."""
        top, state = self.state.top, self.state
        if state.holder == "queue":
            return self._in_queue()
        if top is None:
            return False
        node = (top.flow, top.step)
        verb = self._verb(node)
        move = self._due(node)
        if move is None or verb is None:
            return False
        way, name = move.way, move.way.name
        if name == "back":
            self._say("назад" if self.dialogue.lang == "ru" else "back")
        elif state.offer is not None or (isinstance(verb, Kb) and name in {"helped", "not_helped", "give_up"}):
            self._offer(name)
        elif name == "give_up":
            self._miss()
        elif isinstance(verb, Menu):
            self._choose(verb, name, way.value)
        elif isinstance(verb, Ask):
            self._answer(verb, name, way.value)
        elif isinstance(verb, Wait):
            self._after("wait", verb.seconds)
        else:
            return False
        return True

    def _due(self, node: Node) -> Move | None:
        """The move to make at a step: ahead on the way, else the last time the way was here (a counted jump goes round first)."""
        ahead = range(self.at, len(self.moves))
        behind = range(min(self.at, len(self.moves)) - 1, -1, -1)
        for number in (*ahead, *behind):
            if self.moves[number].node == node:
                self.at = number + 1
                if self.fault.kind == "round" and node == self.fault.circle[0].node:
                    self.visits += 1
                move: Move = self.moves[number]
                return move
        return None

    # what the customer does

    def _choose(self, verb: Menu, name: str, value: Any) -> None:
        if name == "none_of_these":
            self._press("?none")
        elif verb.options_from:
            self._press_first()
        else:
            self._press(str(value))

    def _answer(self, verb: Ask, name: str, value: Any) -> None:
        slot = self.flows.flows[self._node()[0]].slots.get(verb.slot) or Slot(verb.slot)
        if name == "skip":
            self._press("?skip")
        elif name == "dont_know":
            if verb.optional:
                self._say("не знаю" if self.dialogue.lang == "ru" else "I don't know")
            else:
                self._press("?dont_know")
        elif slot.type in {"file", "location"}:
            self._do({"file": "photo.jpg"}, events.FileCame(at=self.now, facts=self.facts, file="photo.jpg"))
        elif slot.type in {"yes_no", "rating"}:
            self._press(
                str(value)
                if _is(value) and value != GIVEN
                else ("yes" if slot.type == "yes_no" else str(int(slot.max or 5)))
            )
        else:
            text, kind, canonical = _sample(slot, value)
            values = (Value(kind, canonical, 0, len(text)),) if kind else ()
            self._say(text, Parse(text=text, values=values))

    def _offer(self, name: str) -> None:
        if name == "give_up":
            self._miss()
        elif self.state.offer and self.state.offer.kind == "helped":
            self._press("yes" if name == "helped" else "no")
        else:
            self._press("?none")

    def _miss(self) -> None:
        """Writes what nobody can understand until the bot gives up."""
        before = self._node()
        for number in range(MOST_MISSES):
            self._say(self._nonsense(number))
            if self.helped or self._node() != before or self.state.misses == 0:
                return

    def _nonsense(self, number: int) -> str:
        """What is no answer here: of a free text only what is too short, or too long, is none."""
        verb = self._verb(self._node())
        slot = self.flows.flows[self._node()[0]].slots.get(verb.slot) if isinstance(verb, Ask) else None
        if slot is None or slot.type != "text":
            return _KEYBOARD[number % 2]
        least = int(slot.min or 1)
        return "?" * (least - 1) if least > 1 else "а" * (int(slot.max or 2000) + 1)

    def _in_queue(self) -> bool:
        node = self._node() if self.state.top else None
        verb = self._verb(node) if node else None
        move = self._due(node) if node else None
        if move is None or not isinstance(verb, Operator):
            return False
        if move.way.name == "nobody":
            self._after("nobody", verb.nobody_after)
            return True
        self.helped = True  # a person is there
        return False

    # saying and doing

    def _node(self) -> Node:
        top = self.state.top
        return (top.flow, top.step) if top else ("", "")

    def _verb(self, node: Node) -> Any:
        flow = self.flows.flows.get(node[0])
        return flow.steps.get(node[1]) if flow else None

    def _say(self, text: str, parse: Parse | None = None) -> None:
        self.dialogue.text.append(("customer", text))
        self._do(
            {"user": text},
            events.Heard(at=self.now, facts=self.facts, text=text, parse=parse or Parse(text=text)),
            quiet=True,
        )

    def _press(self, value: str) -> None:
        button = next((b for b in self._buttons() if b.payload.rpartition("/")[2] == value), None)
        if button is not None:
            self._push(button)
        else:
            self._say(value)

    def _press_first(self) -> None:
        button = next((b for b in self._buttons() if b.payload.count("/") == 2), None)
        if button is not None:
            self._push(button)

    def _push(self, button: effects.Button) -> None:
        self.dialogue.text.append(("customer", f"[{button.label}]"))
        event = events.Pressed(at=self.now, facts=self.facts, payload=button.payload, label=button.label)
        self._do({"press": button.label}, event, quiet=True)

    def _buttons(self) -> list[effects.Button]:
        return list(self._shown)

    def _after(self, purpose: str, seconds: float) -> None:
        self.now += seconds
        span = f"{int(seconds // 60)}m" if seconds >= 60 and seconds % 60 == 0 else f"{int(seconds)}s"
        self.dialogue.text.append(("time", span))
        serial = self.state.timers.get(purpose, -1)
        self._do(
            {"after": span},
            events.TimerFired(at=self.now, facts=self.facts, purpose=purpose, serial=serial),
            quiet=True,
        )

    def _do(self, line: dict[str, Any], event: Event, *, quiet: bool = False) -> None:
        """One thing that happens, and everything the runtime answers inside it."""
        if not quiet:
            self.dialogue.text.append(("customer", f"({next(iter(line))})"))
        self.dialogue.talk.append(line)
        self.now += 5.0
        taken = step(self.flows, self.state, event)
        for _ in range(40):
            self._hear(taken)
            if taken.ask is None:
                break
            taken = step(self.flows, self.state, self._reply(taken.ask))
        if self.state.holder == "person":
            self.helped = True

    _shown: tuple[effects.Button, ...] = ()

    def _hear(self, taken: Step) -> None:
        self.state = taken.state
        for tell in taken.tells:
            if isinstance(tell, effects.Say):
                self.dialogue.text.append(("bot", tell.text))
                if tell.buttons:
                    self._shown = tell.buttons
                    self.dialogue.text.append(("buttons", "  ".join(f"[{b.label}]" for b in tell.buttons)))

    # what the desk answers

    def _reply(self, ask: effects.Ask) -> Event:
        node = self._node()
        pending = self.state.pending
        own = pending is not None and pending.why == "step"
        move = self._due(node) if own or isinstance(ask, effects.StartCall) else None
        name = move.way.name if move else ""
        match ask:
            case effects.StartCall():
                return self._called(ask, name)
            case effects.SearchKb():
                return self._searched(ask, name)
            case effects.HandOff():
                return self._handed(ask, name)
            case _:
                outcome: Any = name if name in {"not_found", "several"} else "ok"
                self.helped = self.helped or (outcome == "ok" and not isinstance(ask, effects.FindTicket))
                self.dialogue.text.append(("desk", f"ticket: {outcome}"))
                fields = {"number": 7, "title": "-", "state": "open", "category": "-", "due": "18:00"}
                return events.TicketAnswered(at=self.now, facts=self.facts, id=ask.id, outcome=outcome, ticket=fields)

    def _called(self, ask: effects.StartCall, name: str) -> Event:
        outcome: Any = name if name in {"not_found", "failed"} else "ok"
        verb = self._verb(self._node())
        data = self._gives(ask.call, verb.save if isinstance(verb, Http) else "") if outcome == "ok" else {}
        self.dialogue.services.setdefault(ask.call, []).append(data if outcome == "ok" else outcome)
        self.dialogue.text.append(("desk", f"{ask.call}: {data if outcome == 'ok' else outcome}"))
        return events.CallAnswered(at=self.now, facts=self.facts, id=ask.id, outcome=outcome, data=data)

    def _gives(self, call: str, save: str) -> dict[str, Any]:
        service = self.flows.services.get(call)
        samples: dict[str, Any] = {"number": 3, "yes_no": "yes", "list": [{"value": "1", "label": "1"}]}
        data = {name: samples.get(kind, "1") for name, kind in (service.gives if service else {}).items()}
        for move in self.moves[self.at :]:
            for path, value in move.way.seen:
                if path[0] == save and len(path) == 2 and value is not None:
                    data[path[1]] = value
            verb = self._verb(move.node)
            if isinstance(verb, Menu) and move.way.name == "empty" and verb.options_from[:1] == (save,):
                data[verb.options_from[-1]] = []
            if isinstance(verb, Http) and verb.save == save:
                break
        return data

    def _searched(self, ask: effects.SearchKb, name: str) -> Event:
        kind: Any = {"helped": "answer", "not_helped": "answer", "give_up": "answer", "several": "suggest"}.get(
            name, "none"
        )
        pages = tuple(
            Passage(f"a{n}", f"Статья {n}" if self.dialogue.lang == "ru" else f"Article {n}", "…", self.dialogue.lang)
            for n in (1, 2)
        )
        found = {"answer": pages[:1], "suggest": pages}.get(kind, ())
        if self.state.pending and self.state.pending.why == "step":
            if name in {"helped", "not_helped", "give_up"}:
                self.at -= 1  # the same move is made when the article has been read
            self.dialogue.articles.append({"answer": "one", "suggest": "several"}.get(kind, "nothing"))
            self.dialogue.text.append(("desk", f"articles: {self.dialogue.articles[-1]}"))
        return events.KbAnswered(at=self.now, facts=self.facts, id=ask.id, answer=Answer(kind, found))

    def _handed(self, ask: effects.HandOff, name: str) -> Event:
        outcome: Any = "out_of_hours" if self.dialogue.night else "queued"
        if self.dialogue.alone and not self.dialogue.night:
            outcome = "queued" if ask.patient else "nobody"
        if outcome == "queued":
            self.at = max(self.at - 1, 0) if name else self.at
            self.helped = not self.dialogue.alone
        self.dialogue.text.append(("desk", f"people: {outcome}"))
        queue = {"name": ask.queue or "-", "title": "-", "place": 1, "wait_min": 3, "opens": "09:00"}
        return events.HandoffAnswered(at=self.now, facts=self.facts, id=ask.id, outcome=outcome, queue=queue)


def _is(value: Any) -> bool:
    return value not in {None, MAYBE, ""}


def _said(value: Any, name: str) -> str:
    usual = {"contract": "555666", "phone": "+79000000042", "email": "a@example.org"}
    return usual.get(name, "yes" if name == "verified" else "-") if value in {GIVEN, "~"} else str(value)


def _sample(slot: Slot, value: Any) -> tuple[str, Kind | None, str]:
    """What a customer could write for a slot: the text, its kind, its canonical value."""
    size = int(max(slot.min or 6, 1)) if slot.type in {"digits", "text", "address"} else 0
    exact = str(value) if _is(value) and value not in {GIVEN, "~"} else ""
    match slot.type:
        case "digits":
            text = exact or "55566677788899"[:size].ljust(size, "5")
            return text, "digits", text
        case "number":
            low = slot.min if slot.min is not None else 1
            text = exact or str(int(low if slot.max is None else min(max(low, 1), slot.max)))
            return text, "number", text
        case "phone":
            return "+7 900 000-00-42", "phone", "+79000000042"
        case "email":
            return "anna@example.org", "email", "anna@example.org"
        case "date":
            return "25.12.2026", "date", "2026-12-25"
        case "time":
            return "18:00", "time", "18:00"
        case "address":
            return "ул. Лесная, дом 14", "address", "ул. Лесная, дом 14"
        case _:
            text = exact or "всё как в прошлый раз" + "!" * max(0, size - 21)
            return text, None, text
