"""Rasa's callback channel: messages come in by POST and are answered 200 at once; replies are POSTed to the configured address.

The way out goes through the outbox: in order for each sender, tried again, never resent in doubt.
"""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.channels.rest import RasaMessage, answers, identified
from presszero.errors import ChannelError, Undeliverable
from presszero.http.body import json, read
from presszero.http.routes import Door
from presszero.runtime.egress import Egress
from presszero.runtime.incoming import Incoming
from presszero.runtime.intake import Intake
from presszero.runtime.port import Progress
from presszero.store.base import Message

NAME = "callback"
_message = msgspec.json.Decoder(RasaMessage)


class Callback:
    """The channel, both ways."""

    name = NAME
    limits = None

    def __init__(self, intake: Intake, egress: Egress, url: str) -> None:
        self._intake = intake
        self._egress = egress
        self._url = url

    def routes(self, door: Door) -> list[BaseRoute]:
        """The way in."""
        return [door.route("/webhooks/callback/webhook", self.webhook, "public", ["POST"])]

    async def webhook(self, request: Request) -> Response:
        """A message: acknowledged when it is on disk."""
        said = await read(request, _message, any_type=True)
        message_id = identified(said)
        await self._intake.accept(
            Incoming(channel=NAME, peer=said.sender, external_id=message_id, text=said.message, client_id=message_id)
        )
        return json({"status": "ok"})

    async def send(self, peer: str, message: Message, _progress: Progress) -> str:
        """One reply to the configured address; a repeated one is known by its key."""
        body = answers(peer, [message], "", None)[0]
        body.pop("custom", None)
        body["message_id"] = str(message.id)
        status, _ = await self._egress.request(
            "POST", self._url, timeout=10.0, headers={"idempotency-key": str(message.id)}, body=body
        )
        if status in {408, 429} or status >= 500:
            raise ChannelError(f"the receiver answered {status}")
        if not 200 <= status < 300:
            raise Undeliverable(f"the receiver answered {status}")
        return str(message.id)

    async def close(self) -> None:
        """Nothing of its own to let go of."""
