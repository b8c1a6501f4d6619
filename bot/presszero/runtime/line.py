"""Where somebody stands in a queue and how long that usually takes: one estimate for the bot's words and for the widget's card."""

from __future__ import annotations

from presszero.runtime.content import Content
from presszero.store.base import Store


async def place(store: Store, content: Content, queue: str, conversation_id: int | None, at: float) -> tuple[int, int]:
    """The place (1 = next) and the minutes to wait, from the queue's own figure until there is a measured one."""
    ahead = await store.place(queue, conversation_id)
    here = len(await store.present(at))
    each = content.handoff.queues[queue].wait_each if queue in content.handoff.queues else 180.0
    return ahead + 1, max(1, round(each * (ahead + 1) / max(here, 1) / 60))
