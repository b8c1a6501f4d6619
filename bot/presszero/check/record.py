"""A conversation as a dialogue test: what was done and said, personal data masked, services' answers and the clock given.

The test is played before it is handed over: an expectation that does not hold when it is played is left out, and said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from presszero.check.dialogues import DEFAULT_CLOCK, play_all
from presszero.check.lines import ACTIONS
from presszero.check.masks import Masks
from presszero.check.script import Line, Script
from presszero.check.talk import talk_of
from presszero.dialogue.text import show
from presszero.errors import Place
from presszero.runtime.content import Content
from presszero.runtime.turn import state_of
from presszero.source.layout import laid_out
from presszero.store.base import Conversation, Customer, Message, Ticket

MOST_PLAYS = 30
SCHEMA = "# yaml-language-server: $schema=../../schema/tests.json"  # the first line that `fmt` gives to a test


@dataclass(frozen=True)
class Recorded:
    """A test as a file, and the expectations that did not hold when it was played."""

    text: str
    left_out: tuple[str, ...]
    lines: int = 0  # of the talk


async def record(
    content: Content,
    conversation: Conversation,
    customer: Customer,
    messages: Sequence[Message],
    tickets: Sequence[Ticket],
) -> Recorded:
    """The test of a stored conversation."""
    masks = _masks(content, conversation, customer, messages)
    talk = talk_of(content, conversation.lang or content.default_lang, conversation.channel, messages)
    talk += _outcome(conversation, tickets)
    began = messages[0].at if messages else conversation.updated_at
    moment = datetime.fromtimestamp(began, ZoneInfo(content.zone)).replace(tzinfo=None, second=0, microsecond=0)
    known = {k: v for k, (v, at) in customer.remembered.items() if at < began and not k.startswith("metric:")}
    given = known | dict(customer.facts) if customer.verified else known
    test: dict[str, Any] = {
        "name": f"conversation of {moment:%Y-%m-%d %H:%M}",
        "lang": conversation.lang or content.default_lang,
    }
    test["clock"] = f"{moment:%Y-%m-%d %H:%M}"
    channel = conversation.channel.partition(":")[0]
    test |= {"channel": channel} if channel != "web" else {}
    test |= {"services": found} if (found := answers_of(messages)) else {}
    flat = {k: show(v) for k, v in given.items() if isinstance(v, str | int | float)}
    if flat or customer.verified:
        test["customer"] = flat | ({"verified": "yes"} if customer.verified else {})
    for part in ("services", "customer"):
        test |= {part: masks.data(test[part])} if part in test else {}
    lines, usual = [masks.data(line) for line in talk], replace(content, always_open=False)
    made = await played(usual, test, lines)
    if (
        made.left_out and content.always_open
    ):  # a desk that was always open has hours in tests: perhaps it was closed then
        morning = await played(usual, {**test, "clock": f"{DEFAULT_CLOCK:%Y-%m-%d %H:%M}"}, lines)
        made = min(made, morning, key=lambda m: len(m.left_out))
    return made


def answers_of(messages: Sequence[Message]) -> dict[str, Any]:
    """What services answered, call by call in order, as a test gives it."""
    found: dict[str, list[Any]] = {}
    for message in messages:
        answer = message.body.get("answer")
        if isinstance(answer, dict):
            data = answer.get("data") if answer.get("outcome") == "ok" else answer.get("outcome")
            found.setdefault(str(answer.get("call")), []).append(data)
    return one_or_more(found)


def one_or_more(answers: Mapping[str, list[Any]]) -> dict[str, Any]:
    """A single answer stands alone; several that differ stand in order."""
    return {call: each[0] if all(a == each[0] for a in each) else each for call, each in answers.items()}


async def played(content: Content, test: Mapping[str, Any], talk: Sequence[Mapping[str, Any]]) -> Recorded:
    """The test as a file, without the expectations that do not hold."""
    lines = [dict(line) for line in talk]
    left_out: list[str] = []
    for _ in range(MOST_PLAYS):
        [done] = await play_all([_script(test, lines)], content)
        if done.failure is None:
            break
        failed = done.failure.place.line - 1
        kind, value = next(iter(lines[failed].items()))
        left_out.append(f"{kind}: {show(value)}")
        # After an action that can no longer be done nothing that follows means anything.
        lines = lines[:failed] if kind in ACTIONS else [*lines[:failed], *lines[failed + 1 :]]
    else:
        lines = [line for line in lines if next(iter(line)) in ACTIONS]
    return Recorded(_file({**test, "talk": lines}), tuple(left_out), len(lines))


def _script(test: Mapping[str, Any], talk: Sequence[Mapping[str, Any]]) -> Script:
    lines = [Line(Place("", n), *next(iter(line.items()))) for n, line in enumerate(talk, 1)]
    clock = datetime.fromisoformat(test["clock"]) if "clock" in test else None
    return Script(
        Place(""),
        str(test["name"]),
        tuple(lines),
        str(test.get("lang", "")),
        clock,
        str(test.get("channel", "web")),
        dict(test.get("services", {})),
        dict(test.get("customer", {})),
    )


def _file(test: Mapping[str, Any]) -> str:
    text = laid_out(yaml.dump({"tests": [_texts(test)]}, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110))
    return f"{SCHEMA}\n{text}"


class _Plain(yaml.SafeDumper):
    """Writes yes and no without quotes: to the reader every scalar is the text that stands there."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def _texts(value: Any) -> Any:
    """Everything a test holds is text, as the reader takes it."""
    if isinstance(value, Mapping):
        return {str(k): _texts(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(v) for v in value]
    return show(value) if not isinstance(value, bool) else "yes" if value else "no"


def _outcome(conversation: Conversation, tickets: Sequence[Ticket]) -> list[dict[str, Any]]:
    """Where it stands now."""
    state = state_of(conversation)
    found: list[dict[str, Any]] = [{"ticket": {"category": t.category}} for t in tickets if t.category]
    if state.holder != "bot":
        return [*found, {"handoff": conversation.queue or "yes"}]
    top = state.top
    return [*found, {"at": f"{top.flow}/{top.step}"} if top else {"ended": "yes"}]


def _masks(content: Content, conversation: Conversation, customer: Customer, messages: Sequence[Message]) -> Masks:
    frames = state_of(conversation).frames
    values = {**customer.facts, **{k: v for k, (v, _) in customer.remembered.items()}}
    for frame in frames:
        values |= {k: v for k, v in frame.values.items() if isinstance(v, str)}
    kinds = {s.name: s.type for f in content.flows.flows.values() for s in f.slots.values()}
    names = [str(v) for k, v in values.items() if ("name" in k or k == "fio") and isinstance(v, str)]
    names += [m.author for m in messages if m.author]
    names += [str(n) for a in _answers(messages) for k, n in a.items() if k in {"name", "customer", "fio"}]
    addresses = [str(v) for k, v in values.items() if kinds.get(k) == "address" or k == "address"]
    masks = Masks(names, addresses)
    for message in messages:
        if message.who == "customer":
            masks.hear(message.text)
    return masks


def _answers(messages: Sequence[Message]) -> list[dict[str, Any]]:
    found = [m.body["answer"].get("data") for m in messages if isinstance(m.body.get("answer"), dict)]
    return [f for f in found if isinstance(f, dict)]
