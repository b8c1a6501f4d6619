"""Messages that belong together: an album's pictures, lines typed one after another. They become one turn, and stay separate lines.

Each is on disk before it is acknowledged; who was interrupted by a crash is taken at the next start.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from presszero.dialogue.state import State
from presszero.errors import StoreError
from presszero.runtime.incoming import Incoming
from presszero.runtime.wakes import wait
from presszero.store.base import Held

if TYPE_CHECKING:
    from presszero.runtime.intake import Intake

log = logging.getLogger(__name__)
BURST = "burst"
LINE = 80  # characters: a longer text is a message of its own
LONGEST = 3.0  # seconds that the first message waits for the others, however many come
LOOK = 30.0
_decode = msgspec.json.Decoder(Incoming)
encode = msgspec.json.Encoder().encode


def joins(incoming: Incoming, state: State) -> bool:
    """Whether a text may be one of several lines.

    Nothing waits where a person reads, and no one-word answer to an open question does.
    """
    text = incoming.text.strip()
    if incoming.kind != "text" or incoming.edited or len(text) > LINE or text.startswith("/"):
        return False
    if state.holder != "bot" or not any(c.isalpha() for c in text):  # a number answers something
        return False
    return not (state.asking and len(text.split()) < 2)


def groups(held: Sequence[Held]) -> list[tuple[list[int], list[Incoming]]]:
    """What is taken in one turn each: neighbours with the same key. One that cannot be read any more has no message."""
    found: list[tuple[list[int], list[Incoming]]] = []
    for _, same in itertools.groupby(held, lambda h: h.key):
        ids, items = [], []
        for one in same:
            try:
                items.append(_decode.decode(one.incoming))
                ids.append(one.id)
            except msgspec.DecodeError:
                found.append(([one.id], []))
        if items:
            found.append((ids, items))
    return found


def joined(items: Sequence[Incoming]) -> Incoming:
    """Several messages as one: their words in lines, the first file, the newest of the rest."""
    if len(items) == 1:
        return items[0]
    first, last = items[0], items[-1]
    facts = {name: value for item in items for name, value in item.identity_facts.items()}
    words = "\n".join(item.text for item in items if item.text)
    return msgspec.structs.replace(first, text=words, lang=last.lang, identity=last.identity, identity_facts=facts)


async def run(intake: Intake) -> None:
    """Takes what has gathered when it is due, until cancelled."""
    under_way: dict[tuple[str, str], asyncio.Task[None]] = {}
    try:
        while True:
            pause = LOOK
            try:
                holding = await intake.store.holding(LONGEST)
            except StoreError:
                log.exception("PZ-HELD held messages could not be read; trying again")
                holding, pause = [], 1.0
            now = intake.clock.now()
            for one in holding:
                peer = (one.channel, one.peer)
                if peer in under_way:
                    continue
                if one.due_at > now:
                    pause = min(pause, one.due_at - now)
                    continue
                task = under_way[peer] = asyncio.create_task(_take(intake, *peer))
                task.add_done_callback(lambda _, peer=peer: under_way.pop(peer, None))  # type: ignore[misc]
            await wait(intake.wakes.held, pause)
    finally:
        for task in under_way.values():
            task.cancel()
        await asyncio.gather(*under_way.values(), return_exceptions=True)


async def _take(intake: Intake, channel: str, peer: str) -> None:
    try:
        await intake.flush(channel, peer)
    except StoreError:
        log.exception("PZ-HELD held messages could not be taken; trying again")
        await asyncio.sleep(1.0)
    except Exception:
        log.exception("PZ-HELD held messages could not be taken")
        await asyncio.sleep(1.0)
    finally:
        intake.wakes.held.set()  # what came meanwhile
