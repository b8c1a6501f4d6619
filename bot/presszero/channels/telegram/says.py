"""What the channel itself has to say to a customer: that a file is too large, that a poll cannot be read, their requests.

It goes the way of every message: on disk with what it answers, then out by the outbox.
"""

from __future__ import annotations

from typing import Any

from presszero.runtime import passes, turn
from presszero.runtime.answers import ticket_state
from presszero.runtime.incoming import Incoming
from presszero.runtime.intake import Intake
from presszero.runtime.mask import mask_cards
from presszero.store.base import Conversation, Inbound, NewMessage, TicketState

OPEN: tuple[TicketState, ...] = ("new", "open", "waiting")


class Says:
    """The channel's own sentences."""

    def __init__(self, intake: Intake, channel: str) -> None:
        self._intake = intake
        self._channel = channel

    async def conversation(self, incoming: Incoming) -> Conversation:
        """The conversation that a message belongs to."""
        found, _ = await self._intake.store.conversation(self._channel, incoming.peer, self._intake.clock.now())
        return found

    async def taken(self, incoming: Incoming) -> bool:
        """Whether a message came before."""
        return await self._intake.taken(incoming) or await self._intake.store.taken(self._own(incoming)) is not None

    async def say(self, incoming: Incoming, shown: str, word: str, *, quiet: bool = False, **values: Any) -> None:
        """Keeps what came as a line, and answers with one of the engine's sentences.

        ``quiet``: nothing is answered where people read: they see what came.
        """
        await self._answer(incoming, shown, lambda lang: self._word(word, lang, values), quiet=quiet)

    async def requests(self, incoming: Incoming, shown: str) -> None:
        """The customer's open requests."""
        store = self._intake.store
        talk, customer = await store.conversation(self._channel, incoming.peer, self._intake.clock.now())
        tickets = await store.tickets(customer_id=customer.id, states=OPEN, limit=20)
        # the same update once more must not make the first answer's link worthless
        some = bool(await store.tickets(customer_id=customer.id, limit=1)) and not await self.taken(incoming)
        lang = talk.lang or incoming.lang or self._intake.content.default_lang
        page = await passes.give(self._intake, self._channel, incoming.peer, customer, lang) if some else ""

        def listed(lang: str) -> str:
            content, lines = self._intake.content, []
            for t in tickets:
                if state := ticket_state(content, t.state, lang):
                    lines.append(
                        self._word("my_request", lang, {"number": t.number, "title": t.title, "state_text": state})
                    )
                    if content.public_url:
                        lines.append(content.request_url(t.number, t.secret, lang))
            head = self._word("my_requests" if lines else "my_nothing", lang, {})
            if page:
                lines.append(self._word("my_page", lang, {"url": page}))
            more = [] if customer.verified else [self._word("my_link", lang, {})]
            return "\n".join([head, *lines, *more])

        await self._answer(incoming, shown, listed)

    async def _answer(self, incoming: Incoming, shown: str, words: Any, *, quiet: bool = False) -> None:
        conversation = await self.conversation(incoming)
        lang = conversation.lang or incoming.lang or self._intake.content.default_lang
        came = NewMessage("customer", mask_cards(shown), body=dict(incoming.body), ref=incoming.ref)
        silent = quiet and conversation.holder != "bot"
        lines = (came,) if silent else (came, NewMessage("bot", words(lang), deliver=True))
        await self._intake.event(
            conversation.id, lambda *_: None, turn.Extra(inbound=self._own(incoming), messages=lines)
        )

    def _own(self, incoming: Incoming) -> Inbound:
        return Inbound(self._channel, f"said:{incoming.external_id}")

    def _word(self, name: str, lang: str, values: dict[str, Any]) -> str:
        found = self._intake.content.flows.words.get(name)
        return found.render(lang, values) if found else name
