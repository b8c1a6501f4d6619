"""Conversations and messages as front ends see them. Nothing that only operators may see passes here."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from presszero.dialogue.state import State
from presszero.runtime import line
from presszero.runtime.content import Content
from presszero.runtime.facts import moment
from presszero.runtime.intake import Intake
from presszero.runtime.times import promise
from presszero.runtime.turn import state_of
from presszero.store.base import Conversation, Customer, Message


class View:
    """Shows what is kept to the customer it belongs to."""

    def __init__(self, intake: Intake, key: bytes) -> None:
        self._intake = intake
        self._key = key
        self._header: tuple[float, str, dict[str, Any]] = (0.0, "", {})

    @property
    def content(self) -> Content:
        """The desk as it is now."""
        return self._intake.content

    def file_url(self, file_id: str) -> str:
        """The address of a file: unguessable, so that an image can be shown without a header."""
        return f"{self.content.public_url}/web/files/{file_id}?key={self.file_key(file_id)}"

    def file_key(self, file_id: str) -> str:
        """What the address of a file must carry."""
        return hmac.new(self._key, file_id.encode(), hashlib.sha256).hexdigest()[:32]

    def message(self, message: Message) -> dict[str, Any]:
        """One line; ``seq`` grows over everything this visitor ever wrote or read, with holes."""
        body = message.body
        shown: dict[str, Any] = {
            "seq": message.id,
            "who": message.who,
            "text": message.text,
            "author": message.author,
            "at": message.at,
        }
        for name in ("client_id", "buttons", "links", "picture", "kind", "generated", "sources"):
            if body.get(name):
                shown[name] = body[name]
        if "buttons" in shown:  # the key 0 always stands below the chat
            shown["buttons"] = [b for b in shown["buttons"] if b["payload"] != "!operator"]
        if body.get("file"):
            shown["file"] = {**body["file"], "url": self.file_url(body["file"]["id"])}
        return shown

    def messages(self, messages: tuple[Message, ...]) -> list[dict[str, Any]]:
        """Lines that a customer may see."""
        return [self.message(m) for m in messages if m.who != "note"]

    async def conversation(
        self, conversation: Conversation, customer: Customer | None, state: State | None = None
    ) -> dict[str, Any]:
        """Where the conversation stands, for the widget's head, its queue card and its contact form."""
        state = state or state_of(conversation)
        lang = state.lang or conversation.lang or self.content.default_lang
        ticket = await self._ticket(state, lang)
        shown: dict[str, Any] = {
            "id": conversation.id,
            "holder": state.holder,
            "operator": None,
            "place": None,
            "wait_min": None,
            "ticket": ticket,
            "contact_wanted": bool(ticket or state.holder == "queue") and not _reachable(customer),
            "read_seq": conversation.read_seq,
            "lang": lang,
            "ended": state.ended,
            **self._hours(lang),
        }
        if state.holder == "person":
            fresh = await self._intake.store.load(conversation.id)
            operator = await self._intake.store.operator(id=fresh[0].operator_id or 0) if fresh else None
            shown["operator"] = operator.shown if operator else None
        elif state.holder == "queue":
            shown |= await self._place(conversation, state)
        return shown

    async def _place(self, conversation: Conversation, state: State) -> dict[str, Any]:
        now = self._intake.clock.now()
        place, wait = await line.place(self._intake.store, self.content, state.queue, conversation.id, now)
        return {"place": place, "wait_min": wait}

    async def _ticket(self, state: State, lang: str) -> dict[str, Any] | None:
        if not state.tickets:
            return None
        ticket = await self._intake.store.ticket(state.tickets[-1])
        if ticket is None or ticket.state in {"resolved", "closed"}:
            return None
        now = self._intake.clock.now()
        return {
            "number": ticket.number,
            "state": ticket.state,
            "due": promise(ticket.reply_due, now, self.content.zone, lang) if ticket.reply_due else None,
            "link": self.content.request_url(ticket.number, ticket.secret, lang),
        }

    def _hours(self, lang: str) -> dict[str, Any]:
        """Whether people are there now and till when; worked out once a minute."""
        now = self._intake.clock.now()
        until, known, shown = self._header
        if now < until and known == lang:
            return shown
        shown = self._work_out_hours(now, lang)
        self._header = (now + 60.0, lang, shown)
        return shown

    def _work_out_hours(self, now: float, lang: str) -> dict[str, Any]:
        content, handoff = self.content, self.content.handoff
        if content.always_open:
            return {"open": True, "opens": None, "until": None}
        queue = handoff.default_queue
        if handoff.is_open(queue, moment(now)):
            calendar = handoff.calendars[handoff.queues[queue].hours]
            end = next((b for _, b, counted in calendar.stretches(now, now + 86400.0) if counted), None)
            until = promise(end, now, content.zone, lang) if end and end < now + 86400.0 else None
            return {"open": True, "opens": None, "until": until}
        opens = handoff.queue_opens_at(queue, moment(now))
        return {
            "open": False,
            "opens": promise(opens.timestamp(), now, content.zone, lang) if opens else None,
            "until": None,
        }


def _reachable(customer: Customer | None) -> bool:
    facts = customer.facts if customer else {}
    return any(facts.get(name) for name in ("contact", "email", "phone"))
