"""Rasa's REST channel and its `/model/parse`, so that front ends and test tools made for Rasa can talk to this desk.

A POST waits (at most 10 s) until its turn and the calls that the turn began are settled. Off unless config.yaml says `rest: on`.
"""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.dialogue.parse import Parse
from presszero.http.body import json, read
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.incoming import Incoming
from presszero.runtime.intake import Intake
from presszero.runtime.turn import state_of
from presszero.store.base import Message

NAME = "rest"
LONGEST = 10.0
FALLBACK = "nlu_fallback"


class RasaMessage(msgspec.Struct):
    """What Rasa's front ends send."""

    sender: str = "default"
    message: str = ""
    metadata: dict[str, Any] = {}


class Text(msgspec.Struct):
    """What `/model/parse` is asked."""

    text: str = ""
    message_id: str = ""


_message = msgspec.json.Decoder(RasaMessage)
_text = msgspec.json.Decoder(Text)


class Rest:
    """The endpoints."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def routes(self, door: Door) -> list[BaseRoute]:
        """Rasa's paths."""
        return [
            door.route("/webhooks/rest/webhook", self.webhook, "public", ["POST"]),
            door.route("/webhooks/rest/", self.health, "public"),
            door.route("/model/parse", self.parse, "public", ["POST"]),
        ]

    async def health(self, _request: Request) -> Response:
        """Rasa's health path of a channel."""
        return json({"status": "ok"})

    async def webhook(self, request: Request) -> Response:
        """A message, and the answers to it."""
        said = await read(request, _message, any_type=True)
        message_id = said.metadata.get("message_id", "")
        if not isinstance(message_id, str | int) or isinstance(message_id, bool) or len(str(message_id)) > 64:
            raise Problem(422, "message_id", "metadata.message_id: a text of at most 64 characters.")
        lines, holder, ticket = await self.say(said, str(message_id or uuid.uuid4()))
        return json(answers(said.sender, lines, holder, ticket))

    async def say(self, said: RasaMessage, message_id: str) -> tuple[list[Message], str, int | None]:
        """Takes a message and waits for what comes of it: the lines, who holds, the newest ticket."""
        if not 0 < len(said.sender) <= 200:
            raise Problem(422, "sender", "sender: 1 to 200 characters.")
        if not len(said.message.strip()) > 0 or len(said.message) > 4000:
            raise Problem(422, "message", "message: 1 to 4000 characters.")
        lang = said.metadata.get("lang", "")
        incoming = Incoming(
            channel=NAME,
            peer=said.sender,
            external_id=message_id,
            kind="press" if said.message.startswith("/!") or _is_payload(said.message) else "text",
            text=said.message,
            payload=said.message.removeprefix("/"),
            lang=lang if lang in self._intake.content.languages else "",
            client_id=message_id,
        )
        hub, topic = self._intake.hub, f"p:{NAME}:{said.sender}"
        with hub.subscribe(topic) as signals:
            taken = await self._intake.accept(incoming)
            state, conversation_id = taken.state, taken.conversation.id
            lines = [m for m in taken.messages if m.who != "note"]
            waited = state.pending is not None and state.pending.kind == "call"
            if waited:
                state = await self._settled(conversation_id, signals)
            if waited or taken.again:
                lines = await self._since(conversation_id, message_id)
        return lines, state.holder, state.tickets[-1] if state.tickets else None

    async def _settled(self, conversation_id: int, signals: asyncio.Queue[dict[str, Any]]) -> Any:
        """The state as soon as no call is pending, or after the longest wait."""
        end = asyncio.get_running_loop().time() + LONGEST
        while True:
            found = await self._intake.store.load(conversation_id)
            if found is None:
                raise Problem(404, "not_found")
            state = state_of(found[0])
            left = end - asyncio.get_running_loop().time()
            if state.pending is None or state.pending.kind != "call" or left <= 0:
                return state
            try:
                async with asyncio.timeout(left):
                    await signals.get()
            except TimeoutError:
                return state

    async def _since(self, conversation_id: int, message_id: str) -> list[Message]:
        """The lines from a message to the customer's next one."""
        lines = list(await self._intake.store.messages(conversation_id, before=1 << 60, limit=100))
        at = next((n for n, m in enumerate(lines) if m.body.get("client_id") == message_id), len(lines))
        end = next((n for n in range(at + 1, len(lines)) if lines[n].who == "customer"), len(lines))
        return lines[at:end]

    async def parse(self, request: Request) -> Response:
        """How a text is understood, in Rasa's shape."""
        said = await read(request, _text, any_type=True)
        if len(said.text) > 4000:
            raise Problem(422, "text", "text: at most 4000 characters.")
        content = self._intake.content
        at = self._intake.local(self._intake.clock.now())
        return json(shape(said.text, content.understanding.parse(said.text, content.default_lang, at)))


def identified(said: RasaMessage) -> str:
    """What makes a message itself: the id that its sender gave, else a new one. Raises Problem for what does not fit."""
    if not 0 < len(said.sender) <= 200:
        raise Problem(422, "sender", "sender: 1 to 200 characters.")
    if not said.message.strip() or len(said.message) > 4000:
        raise Problem(422, "message", "message: 1 to 4000 characters.")
    given = said.metadata.get("message_id", "")
    if isinstance(given, int) and not isinstance(given, bool) and abs(given) < 1 << 63:
        return str(given)
    if not isinstance(given, str) or len(given) > 64:
        raise Problem(422, "message_id", "metadata.message_id: a text of at most 64 characters.")
    return given or str(uuid.uuid4())


def _is_payload(text: str) -> bool:
    # Front ends of Rasa send a pressed button's payload as the message; ours look like flow/step/value or !name.
    return " " not in text and (text.startswith("!") or text.count("/") == 2) and len(text) <= 200


def answers(sender: str, lines: list[Message], holder: str, ticket: int | None) -> list[dict[str, Any]]:
    """The lines in the shape of Rasa's REST channel; the last item says who holds and the newest ticket."""
    found: list[dict[str, Any]] = []
    for line in lines:
        if line.who == "customer":
            continue
        item: dict[str, Any] = {"recipient_id": sender, "text": _with_links(line)}
        if line.body.get("buttons"):
            item["buttons"] = [{"title": b["label"], "payload": b["payload"]} for b in line.body["buttons"]]
        if line.body.get("picture"):
            item["image"] = line.body["picture"]
        found.append(item)
    custom = {"holder": holder, "ticket": ticket}
    if found:
        found[-1]["custom"] = custom
    else:
        found.append({"recipient_id": sender, "custom": custom})
    return found


def _with_links(line: Message) -> str:
    links = "\n".join(f"{link['title']}: {link['url']}" for link in line.body.get("links", ()))
    return f"{line.text}\n{links}" if links else line.text


def shape(text: str, parse: Parse) -> dict[str, Any]:
    """A Parse as Rasa tells it."""
    ranking = [{"name": g.intent, "confidence": g.confidence} for g in parse.ranking]
    if parse.intent and parse.band != "none":
        intent = {"name": parse.intent, "confidence": parse.confidence}
    else:
        intent = {"name": FALLBACK, "confidence": round(1.0 - parse.confidence, 6)}
        ranking = [intent, *ranking]
    entities = [
        {"entity": v.kind, "value": v.value, "start": v.start, "end": v.end, "extractor": "presszero"}
        for v in parse.values
    ]
    return {
        "text": text,
        "intent": intent,
        "entities": entities,
        "intent_ranking": ranking,
        "text_tokens": [],
        "response_selector": {},
        "metadata": {"lang": parse.lang, "band": parse.band, "read_as": parse.text},
    }
