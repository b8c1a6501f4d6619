"""Stored lines of a conversation as lines of a test: who did what, how long it took, what the bot said to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from presszero.lang.fold import fold
from presszero.runtime.content import Content
from presszero.store.base import Message

PAUSE, PAUSE_ON_THE_PHONE = 10.0, 3.0  # seconds: what comes later than this after the last thing done came by itself
MOST_SAID = 3  # expectations after one thing done
LONGEST, SHORTEST = 60, 4
_PIECES = re.compile(r"[^\d\n]+")


def talk_of(content: Content, lang: str, channel: str, messages: Sequence[Message]) -> list[dict[str, Any]]:
    """The lines of a talk."""
    return _Talk(content, lang, channel.partition(":")[0]).of(messages)


def fragment(text: str) -> str:
    """What to expect of a text: its longest piece without figures, which are another's next time."""
    pieces = [p.strip(" .,:;!?№#—–-«»\"'") for p in _PIECES.findall(text)]
    best = max(pieces, key=len, default="")
    if len(best) > LONGEST:
        best = best[:LONGEST].rpartition(" ")[0] or best[:LONGEST]
    return best if len(best) >= SHORTEST else ""


class _Talk:
    def __init__(self, content: Content, lang: str, channel: str) -> None:
        self._content, self._lang, self._channel = content, lang, channel
        self._lines: list[dict[str, Any]] = []
        self._pause = PAUSE_ON_THE_PHONE if channel == "voice" else PAUSE
        self._now = 0.0
        self._shown: list[dict[str, Any]] = []
        self._said = 0

    def of(self, messages: Sequence[Message]) -> list[dict[str, Any]]:
        told = [m for m in messages if m.who != "note"]
        if told and told[0].who != "customer":
            self._lines.append({"start": "yes"})
        self._now = told[0].at if told else 0.0
        for message in told:
            if message.who == "customer":
                self._wait(message)
                self._did(self._customer(message))
            elif message.who == "operator":
                self._wait(message)
                self._did({"operator": message.text})
            else:
                self._heard(message)
        return self._lines

    def _wait(self, message: Message) -> None:
        gap = message.at - self._now
        if gap > self._pause:
            self._lines.append({"after": _span(gap)})
            self._shown, self._said = [], 0
        self._now = max(self._now, message.at)

    def _did(self, line: dict[str, Any]) -> None:
        self._lines.append(line)
        self._shown, self._said = [], 0

    def _customer(self, message: Message) -> dict[str, Any]:
        payload, file = message.body.get("payload"), message.body.get("file")
        if payload:
            here = any(fold(b["label"]) == fold(message.text) for b in self._shown)
            return {"press": message.text if here and self._channel != "voice" else str(payload)}
        if file:
            name = str(file.get("name", "")) if isinstance(file, dict) else ""
            return {"file": f"file.{name.rpartition('.')[2]}" if "." in name else "file"}
        keys = bool(message.text) and set(message.text) <= set("0123456789*#")
        return {"digits" if keys and self._channel == "voice" else "user": message.text}

    def _heard(self, message: Message) -> None:
        done = self._by_person(message)
        if done:
            self._wait(message)
            self._did({done: "yes"})
            return
        if not message.body.get("answer"):
            self._wait(message)
        self._now = max(self._now, message.at)
        self._shown += message.body.get("buttons", ())
        expected = fragment(message.text)
        if message.who == "bot" and expected and self._said < MOST_SAID:
            self._said += 1
            self._lines.append({"bot": expected})

    def _by_person(self, message: Message) -> str:
        """What a person did without writing: gave the conversation back, or settled it."""
        if message.who != "system":
            return ""
        for word, kind in (("person_left", "returned"), ("resolved", "resolved")):
            text = self._content.flows.words.get(word)
            parts = [p for p in text.template(self._lang) if isinstance(p, str) and p.strip()] if text else []
            if parts and all(part in message.text for part in parts):
                return kind
        return ""


def _span(seconds: float) -> str:
    whole = int(seconds) + 1
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return "".join(f"{n}{unit}" for n, unit in ((hours, "h"), (minutes, "m"), (rest, "s")) if n)
