"""One conversation on the operator's screen: its head with what may be done, its lines, its templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from presszero.console import pages
from presszero.console.deadline import Badge, of_conversation
from presszero.console.lines import lines
from presszero.console.reader import Reader
from presszero.console.rows import called
from presszero.http.problem import Problem
from presszero.runtime.mask import mask_cards
from presszero.store.base import Conversation, Customer, Message, Store

PAGE = 200  # lines at first
LARGEST = 2**53


class Head(NamedTuple):
    """Who it is, who holds it, what may be done with it."""

    id: int
    name: str
    badge: Badge | None
    about: str
    channel: str
    holder: str
    mine: bool
    by: str
    queue: str
    queues: tuple[tuple[str, str], ...]
    open_tickets: tuple[int, ...]
    ended: bool
    key: str


class Talk:
    """A conversation read once, and its views."""

    def __init__(self, store: Store, reader: Reader, conversation: Conversation, customer: Customer) -> None:
        self.store = store
        self.reader = reader
        self.conversation = conversation
        self.customer = customer
        self.name = called(reader, customer, conversation.id)

    @classmethod
    async def load(cls, store: Store, reader: Reader, number: int) -> Talk:
        """The conversation. Raises Problem 404."""
        found = await store.load(number) if number < LARGEST else None
        if found is None:
            raise Problem(404, "not_found", "There is no such conversation.")
        return cls(store, reader, *found)

    async def last(self, limit: int = PAGE, before: int = 0) -> Sequence[Message]:
        """The last lines, or the last before a number; notes included."""
        end = before or self.conversation.last_seq + 1
        return await self.store.messages(self.conversation.id, before=end, limit=limit, notes=True)

    async def head(self) -> Head:
        """The head."""
        talk, reader = self.conversation, self.reader
        mine = talk.holder == "person" and talk.operator_id == reader.operator.id
        other = await self.store.operator(id=talk.operator_id) if talk.operator_id and not mine else None
        tickets = await self.store.tickets(conversation_id=talk.id, states=("new", "open", "waiting"), limit=20)
        last = await self.last(1)
        about = mask_cards(talk.title)
        if tickets:
            number = reader.words.gettext("No. %(n)d") % {"n": tickets[0].number}
            about = f"{number}, {tickets[0].title or reader.category(tickets[0].category)}"
        return Head(
            id=talk.id,
            name=self.name,
            badge=of_conversation(reader, talk, last[-1] if last else None),
            about=about,
            channel=talk.channel.partition(":")[0],
            holder=talk.holder,
            mine=mine,
            by=other.shown if other else "",
            queue=reader.queue(talk.queue) if talk.queue else "",
            queues=tuple((name, reader.queue(name)) for name in reader.content.handoff.queues),
            open_tickets=tuple(t.number for t in tickets),
            ended=talk.ended,
            key=key(talk),
        )

    async def lines_after(self, after: int) -> tuple[str, int]:
        """The lines after a number as HTML, and the number of the last one."""
        found = await self.store.messages(self.conversation.id, after=max(after - 1, 0), limit=PAGE, notes=True)
        before = found[0] if found and after and found[0].seq == after else None
        new = [m for m in found if m.seq > after]
        return self.html(new, before), new[-1].seq if new else after

    async def again(self, seq: int) -> str:
        """One line as HTML, as it stands now."""
        found = await self.store.messages(self.conversation.id, after=max(seq - 2, 0), limit=2, notes=True)
        line = [m for m in found if m.seq == seq]
        before = next((m for m in found if m.seq == seq - 1), None)
        shown = list(lines(self.reader, self.conversation, self.name, line, before or (line[0] if line else None)))
        return pages.text("lines.html", self.reader.lang, {"lines": shown, "earlier": 0, "id": 0}).strip()

    def html(self, messages: Sequence[Message], before: Message | None) -> str:
        """Lines as HTML."""
        shown = list(lines(self.reader, self.conversation, self.name, messages, before))
        earlier = messages[0].seq if messages and before is None and messages[0].seq > 1 else 0
        values = {"lines": shown, "earlier": earlier, "id": self.conversation.id}
        return pages.text("lines.html", self.reader.lang, values).strip()

    async def known(self) -> str:
        """Changes when what is known has to be shown anew."""
        tickets = await self.store.tickets(conversation_id=self.conversation.id, limit=20)
        return f"{self.conversation.version}:{max((t.updated_at for t in tickets), default=0)}"

    def templates(self) -> list[dict[str, Any]]:
        """Ready replies, in the customer's language."""
        lang = self.conversation.lang or self.reader.content.default_lang
        return [
            {
                "title": template.title.render(self.reader.lang, {}),
                "text": template.text.get(lang) or next(iter(template.text.values()), ""),
            }
            for template in self.reader.content.handoff.templates.values()
        ]


def key(conversation: Conversation) -> str:
    """Changes when the head has to be shown anew."""
    talk = conversation
    return f"{talk.holder}:{talk.operator_id or 0}:{talk.queue}:{int(talk.ended)}"
