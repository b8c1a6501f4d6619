"""Where every message comes in: persist, dedupe, acknowledge. Also where timers, services' answers and people enter a conversation.

A conversation's events are taken one at a time, in order; what comes back is on disk.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from presszero.dialogue import events
from presszero.dialogue.events import Event, Facts
from presszero.dialogue.parse import NOT_UNDERSTOOD, Parse
from presszero.dialogue.state import State
from presszero.errors import Busy, Finding, StoreError
from presszero.runtime import gather, turn
from presszero.runtime.clock import Clock
from presszero.runtime.content import Content
from presszero.runtime.facts import moment
from presszero.runtime.incoming import Incoming
from presszero.runtime.lines import line
from presszero.runtime.mailbox import Mailboxes
from presszero.runtime.mask import mask_cards
from presszero.runtime.neighbour import Neighbour
from presszero.runtime.push import Hub
from presszero.runtime.times import zone_of
from presszero.runtime.versions import Trial
from presszero.runtime.wakes import Wakes
from presszero.store.base import (
    Conversation,
    Customer,
    CustomerEdit,
    Duplicate,
    Inbound,
    Message,
    NewHeld,
    NewMessage,
    Stale,
    Store,
)

log = logging.getLogger(__name__)
TRIES = 8
MOST_TEXT = 4000
Make = Callable[[State, Facts, float], Event | None]
Guard = Callable[[Conversation], None]


class Taken(msgspec.Struct, frozen=True):
    """A message is on disk: the conversation, what the turn wrote, and the state it left.

    ``again``: it was there before. ``refused``: a button that answers nothing any more.
    """

    conversation: Conversation
    messages: tuple[Message, ...]
    state: State
    again: bool = False
    refused: bool = False


class Intake:
    """The door of the runtime."""

    def __init__(self, store: Store, content: Content, clock: Clock, hub: Hub, wakes: Wakes) -> None:
        self.store = store
        self.content = content  # replaced whole when the desk's files change
        self.trial: Trial | None = None  # what a share of customers meets instead
        self.trouble: tuple[Finding, ...] = ()  # what keeps the newest files from running; the console shows it
        self.clock = clock
        self.hub = hub
        self.wakes = wakes
        self.neighbour: Neighbour | None = None  # who is asked what a text means beside our own understanding
        self._mailboxes = Mailboxes()

    def content_for(self, customer: Customer) -> Content:
        """The content this customer meets: the same one every time, while a trial is on too."""
        return self.trial.content if self.trial and self.trial.takes(customer.id) else self.content

    async def accept(self, incoming: Incoming) -> Taken:
        """Takes one message of a customer. Raises Busy or StoreError when it could not be written: then it is not taken."""
        async with self._mailboxes.turn(incoming.channel, incoming.peer):
            await self._flush(incoming.channel, incoming.peer)
            return await self._edit(incoming) if incoming.edited else await self._take([incoming])

    async def gather(self, incoming: Incoming, key: str, wait: float) -> bool:
        """Keeps a message that may belong with the next ones (``album:ID``, ``burst``); the turn comes ``wait`` seconds later.

        Returns once it is on disk; False = it was there before. ``wait=0`` takes it at once, and so is a burst's line
        that nothing may belong with.
        """
        async with self._mailboxes.turn(incoming.channel, incoming.peer):
            if wait <= 0 or (key == gather.BURST and not await self._joins(incoming)):
                await self._flush(incoming.channel, incoming.peer)
                return not (await self._take([incoming])).again
            incoming = _masked(incoming)
            now = self.clock.now()
            new = NewHeld(_inbound(incoming), incoming.peer, key, now, now + wait, gather.encode(incoming))
            kept = await self.store.hold(new)
        if kept:
            self.wakes.held.set()
        return kept

    async def flush(self, channel: str, peer: str) -> None:
        """Takes what is held of a peer now."""
        async with self._mailboxes.turn(channel, peer):
            await self._flush(channel, peer)

    async def _flush(self, channel: str, peer: str) -> None:
        if channel.partition(":")[0] not in self.content.pushed:
            return  # nobody else holds anything
        for ids, items in gather.groups(await self.store.held(channel, peer)):
            try:
                await self._take(items, ids)
            except StoreError:
                raise
            except Exception:
                # A fault of ours must not hold up whatever this customer writes from now on.
                log.exception("PZ-HELD messages of a customer could not be taken and are passed by")
                for one in ids:
                    await self.store.drop_held(one)

    async def _joins(self, incoming: Incoming) -> bool:
        """Whether this may be one line of several: asked of the conversation as it stands, which is made if need be."""
        found = await self.store.conversation(
            incoming.channel, incoming.peer, self.clock.now(), customer_key=incoming.identity
        )
        return gather.joins(incoming, turn.state_of(found[0]))

    async def _take(self, items: Sequence[Incoming], held: Sequence[int] = ()) -> Taken:
        """One turn for one message, or for several that had been held."""
        items = [_masked(item) for item in items]
        incoming = gather.joined(items)
        at = self.clock.now()
        if incoming.external_id and not held and (before := await self.store.taken(_inbound(incoming))):
            found = await self.store.load(before)  # one that ended its talk must not begin another by coming again
            if found is not None:
                return await self._again(found[0])
        conversation, customer = await self.store.conversation(
            incoming.channel, incoming.peer, at, customer_key=incoming.identity
        )
        content = self.content_for(customer)
        lang = turn.state_of(conversation).lang or incoming.lang or content.default_lang
        says = incoming.kind in {"text", "file", "contact"} and incoming.text
        parse = await self._parse(content, incoming.text, lang, at) if says else NOT_UNDERSTOOD
        extra = turn.Extra(
            inbound=_inbound(incoming) if incoming.external_id and not held else None,
            held=held,
            messages=[line for line in [await self._line(item) for item in items] if line],
            page={**conversation.page, **incoming.page} if incoming.page else None,
            customer=CustomerEdit(incoming.identity_facts) if incoming.identity_facts else None,
            lang=incoming.lang,
        )
        conversation = _with_page(conversation, extra.page)
        if incoming.identity_facts:  # what the site vouches for counts in this very turn
            customer = msgspec.structs.replace(customer, facts={**customer.facts, **incoming.identity_facts})

        def make(state: State, known: Facts, now: float) -> Event | None:
            return _event(incoming, parse, known, now, state)

        done = await self._run(conversation, customer, make, extra)
        pushed = incoming.channel.partition(":")[0] in content.pushed
        if pushed and await self.store.blocked(incoming.channel, incoming.peer) is not None:
            await self.reachable(incoming.channel, incoming.peer, blocked=False)  # who writes to us can be written to
        return done

    async def _line(self, incoming: Incoming) -> NewMessage | None:
        answers = None
        if incoming.reply_to:
            answers = await self.store.traced(incoming.channel, incoming.peer, incoming.reply_to)
        return line(incoming, answers)

    async def _edit(self, incoming: Incoming) -> Taken:
        """A customer's new words for what they wrote: people see both, and nothing is answered."""
        meant = await self.store.traced(incoming.channel, incoming.peer, incoming.edited)
        found = await self.store.load(meant.conversation_id) if meant else None
        if meant is None or found is None:  # older than what is kept, or never taken
            found = await self.store.conversation(
                incoming.channel, incoming.peer, self.clock.now(), customer_key=incoming.identity
            )
        elif not await self.taken(incoming):
            text = mask_cards(incoming.text[:MOST_TEXT])
            if await self.store.edit_message(meant.id, text, self.clock.now()):
                signal = {"t": "edited", "conversation": found[0].id, "seq": meant.seq}
                for topic in (f"c:{found[0].id}", "desk"):
                    self.hub.tell(topic, signal)
        return await self._run(*found, lambda *_: None, turn.Extra(inbound=_inbound(incoming)))

    async def taken(self, incoming: Incoming) -> bool:
        """Whether this very message is on disk already."""
        return await self.store.taken(_inbound(incoming)) is not None

    async def reachable(self, channel: str, peer: str, *, blocked: bool) -> None:
        """A customer blocked us, or lets us write again."""
        if await self.store.block(channel, peer, self.clock.now(), blocked=blocked):
            self.hub.tell(f"p:{channel}:{peer}", {"t": "conversation"})
            self.hub.tell("desk", {"t": "rows"})

    async def resend(self, message_id: int) -> bool:
        """A lost message goes into its line again; False when it was not lost."""
        if not await self.store.resend(message_id, self.clock.now()):
            return False
        self.wakes.resent = True
        self.wakes.outbox.set()
        return True

    async def leave(self, conversation_id: int, incoming: Incoming) -> Taken | None:
        """Keeps a message for people only: whoever has a request's link may add to it, and never talks as its customer."""
        message = NewMessage("customer", mask_cards(incoming.text[:MOST_TEXT]), body={"client_id": incoming.client_id})
        extra = turn.Extra(inbound=Inbound(incoming.channel, f"request:{incoming.external_id}"), messages=(message,))
        return await self.event(conversation_id, lambda *_: None, extra)

    async def event(
        self, conversation_id: int, make: Make, extra: turn.Extra | None = None, guard: Guard | None = None
    ) -> Taken | None:
        """Takes an event that is not a customer's message: a timer, a service's answer, a person. None = no such conversation.

        ``guard`` sees the conversation as the commit will find it and may raise: then nothing happens.
        """
        found = await self.store.load(conversation_id)
        if found is None:
            return None
        async with self._mailboxes.turn(found[0].channel, found[0].peer):
            fresh = await self.store.load(conversation_id)
            if fresh is None:
                return None
            return await self._run(fresh[0], fresh[1], make, extra or turn.Extra(), guard)

    async def forget(self, conversation_id: int) -> list[str]:
        """Deletes what was said in a conversation, at the customer's wish; gives the files whose bytes must go too."""
        found = await self.store.load(conversation_id)
        if found is None:
            return []
        conversation = found[0]
        async with self._mailboxes.turn(conversation.channel, conversation.peer):
            files = list(await self.store.files(conversation_id))
            await self.store.forget_conversation(conversation_id)
        self.hub.tell(f"p:{conversation.channel}:{conversation.peer}", {"t": "conversation"})
        self.hub.tell("desk", {"t": "rows", "conversation": conversation_id})
        return files

    async def _run(
        self,
        conversation: Conversation,
        customer: Customer,
        make: Make,
        extra: turn.Extra,
        guard: Guard | None = None,
    ) -> Taken:
        for _ in range(TRIES):
            if guard:
                guard(conversation)
            content = self.content_for(customer)
            done = await turn.run(self.store, content, self.clock, conversation, customer, make, extra)
            if isinstance(done, Duplicate):
                return await self._again(conversation)
            if not isinstance(done, Stale):
                self._wake(conversation, done)
                return Taken(conversation, done.committed.messages, done.state, refused=done.refused)
            # Another process or a person's action came between: read again and decide again.
            found = await self.store.load(conversation.id)
            if found is None:
                break
            conversation, customer = found
        raise Busy("the conversation kept changing")

    async def _again(self, conversation: Conversation) -> Taken:
        return Taken(conversation, (), turn.state_of(conversation), again=True)

    def _wake(self, conversation: Conversation, done: turn.Done) -> None:
        self.hub.tell(f"c:{conversation.id}", {"t": "messages"})
        self.hub.tell(f"p:{conversation.channel}:{conversation.peer}", {"t": "messages"})
        self.hub.tell("desk", {"t": "rows", "conversation": conversation.id})
        if done.calls:
            self.wakes.calls.set()
        if done.timers:
            self.wakes.timers.set()
        if done.delivers:
            self.wakes.outbox.set()

    async def _parse(self, content: Content, text: str, lang: str, at: float) -> Parse:
        """What a text means; who may be slow is waited for here, where nobody else waits."""
        try:
            waits, intents = content.understanding.waits, frozenset(content.understanding.intents)
        except Exception:
            log.exception("PZ-NLU understanding is broken")
            return NOT_UNDERSTOOD
        if waits:
            parse = await asyncio.to_thread(self._understand, content, text, lang, at)
        else:
            parse = self._understand(content, text, lang, at)
        return parse if self.neighbour is None else await self.neighbour.judged(parse, text, intents)

    def _understand(self, content: Content, text: str, lang: str, at: float) -> Parse:
        try:
            return content.understanding.parse(text, lang, self.local(at))
        except Exception:
            # Understanding that fails must not stand between a customer and a person.
            log.exception("PZ-NLU a text could not be understood")
            return NOT_UNDERSTOOD

    def local(self, at: float) -> datetime:
        """A moment in the desk's zone."""
        return moment(at).astimezone(zone_of(self.content.zone))


def _masked(incoming: Incoming) -> Incoming:
    """A card number goes no further than this line."""
    return msgspec.structs.replace(incoming, text=mask_cards(incoming.text)) if incoming.text else incoming


def _inbound(incoming: Incoming) -> Inbound:
    # The length tells where the peer ends: a peer may hold any character.
    return Inbound(incoming.channel, f"{len(incoming.peer)}:{incoming.peer}:{incoming.external_id}")


def _with_page(conversation: Conversation, page: dict[str, str] | None) -> Conversation:
    return msgspec.structs.replace(conversation, page=page) if page is not None else conversation


def _event(incoming: Incoming, parse: Parse, facts: Facts, at: float, state: State) -> Event | None:
    match incoming.kind:
        case "start":
            return events.Started(at=at, facts=facts) if not state.said else None
        case "press":
            return events.Pressed(at=at, facts=facts, payload=incoming.payload, label=incoming.label)
        case "digits":
            return events.Digits(at=at, facts=facts, digits=incoming.text)
        case "file":
            name = str(incoming.file_info.get("name", ""))
            words = incoming.text[:MOST_TEXT]
            return events.FileCame(at=at, facts=facts, file=incoming.file, name=name, caption=words, parse=parse)
        case "place":
            return events.FileCame(at=at, facts=facts, file=incoming.file, kind="location", caption=incoming.text)
        case "contact":
            words = incoming.text
            return events.FileCame(at=at, facts=facts, file=words, kind="contact", caption=words, parse=parse)
        case "text":
            return events.Heard(at=at, facts=facts, text=incoming.text[:MOST_TEXT], parse=parse)
