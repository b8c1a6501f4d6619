"""What every channel is: a way in that makes Inbounds, and, where it pushes, a way out that sends one message.

A channel translates; it must never decide what is answered, and never acknowledges what is not on disk.
"""

from __future__ import annotations

from typing import Protocol

from presszero.store.base import Message


class Channel(Protocol):
    """A channel that messages are pushed to; web front ends that read by sequence number need none."""

    name: str

    async def send(self, peer: str, message: Message) -> str:
        """Sends one message; gives the channel's own id of it. Raises ChannelError (try again) or Undeliverable."""
        ...

    async def close(self) -> None:
        """Lets go of connections."""
