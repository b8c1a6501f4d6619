"""What every channel is: a way in that makes Incomings, and, where it pushes, a way out that sends one message.

A channel translates; it must never decide what is answered, and never acknowledges what is not on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from presszero.runtime.pace import Limits
from presszero.store.base import Message


class Progress(Protocol):
    """How far a message has come: a long one goes in parts, and a retry goes on where the last attempt stopped."""

    @property
    def sent(self) -> Sequence[str]:
        """The channel's ids of the parts that arrived, also in earlier attempts."""
        ...

    async def add(self, external_id: str, *, more: bool = False) -> None:
        """Notes, durably, that one more part arrived; call it for every part.

        ``more=True`` when another part follows: then it returns when the pace lets that part go.
        """
        ...


class Channel(Protocol):
    """A channel that messages are pushed to; web front ends that read by sequence number need none.

    The outbox looks one up by the account's full name (``telegram:shop``), then by what is before the colon.
    """

    name: str

    @property
    def limits(self) -> Limits | None:
        """How fast it may be sent to; None: as fast as it answers."""
        ...

    async def send(self, peer: str, message: Message, progress: Progress) -> str:
        """Sends one message, the parts in ``progress.sent`` left out; gives the channel's own id of it (of its last part).

        Raises ChannelError (try again, after ``retry_after`` if told), Undeliverable, Blocked, or InDoubt when it may
        have arrived: then it is shown so and never sent again by itself.
        """
        ...

    async def close(self) -> None:
        """Lets go of connections."""
