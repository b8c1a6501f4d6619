"""Letters that did not arrive: all of them for leads, each for whoever holds its conversation, and a way to send it again.

One that may have arrived is only sent again by somebody who was told so.
"""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from presszero.console import headers
from presszero.console.context import channel_word
from presszero.console.forms import form
from presszero.console.frame import Frame
from presszero.console.reader import Reader, reader
from presszero.console.talk import LARGEST
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.mask import mask_cards
from presszero.store.base import DueDelivery


class Letter(NamedTuple):
    """One of them."""

    id: int
    conversation: int
    channel: str
    text: str
    when: str
    state: str
    doubt: bool
    why: str
    attempts: int


class Letters:
    """The page of dead letters and what may be done with one."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._intake = frame.intake

    def routes(self, door: Door) -> list[BaseRoute]:
        """The pages."""
        one = "/console/letters/{id:int}"
        return [
            door.route("/console/letters", self.all, "lead"),
            door.route(one, self.one, "operator"),
            door.route(one, self.again, "operator", ["POST"]),
        ]

    async def all(self, request: Request) -> Response:
        """What could not be delivered, or may not have arrived; the newest first."""
        eye = reader(request, self._intake)
        rows = [_letter(eye, due) for due in await self._intake.store.dead_letters()]
        return await self._frame.page(request, "letters.html", "letters", {"rows": rows})

    async def one(self, request: Request) -> Response:
        """One letter: why it did not arrive, and the question whether to send it again."""
        eye = reader(request, self._intake)
        letter = _letter(eye, await self._found(request))
        talk = await self._intake.store.load(letter.conversation)
        blocked = talk is not None and await self._intake.store.blocked(talk[0].channel, talk[0].peer) is not None
        return await self._frame.page(request, "letter.html", "letters", {"letter": letter, "blocked": blocked})

    async def again(self, request: Request) -> Response:
        """Sends it again; one in doubt only with ``sure=yes``."""
        due = await self._found(request)
        if due.message.sent == "in_doubt" and (await form(request)).get("sure") != "yes":
            raise Problem(422, "sure", "It may have arrived: say that you are sure.")
        if not await self._intake.resend(due.id):
            raise Problem(404, "not_found", "There is no such letter.")
        return RedirectResponse(f"/console/c/{due.message.conversation_id}", 303, headers.PRIVATE)

    async def _found(self, request: Request) -> DueDelivery:
        """The letter, for a lead or for whoever holds its conversation. Raises Problem."""
        number, store, operator = request.path_params["id"], self._intake.store, request.state.operator
        due = await store.dead_letter(number) if number < LARGEST else None
        if due is None:
            raise Problem(404, "not_found", "There is no such letter.")
        talk = await store.load(due.message.conversation_id)
        holds = talk is not None and talk[0].holder == "person" and talk[0].operator_id == operator.id
        if operator.role not in {"lead", "admin"} and not holds:
            raise Problem(403, "forbidden", "This is for leads, and for whoever holds the conversation.")
        return due


def _letter(eye: Reader, due: DueDelivery) -> Letter:
    say = eye.words.gettext
    doubt = due.message.sent == "in_doubt"
    reasons = {
        "blocked": say("The customer has blocked the bot."),
        "the channel is off": say("The channel is off."),
        "cut": say("The desk stopped while it was on its way."),
        "our fault": say("A fault of ours; it is in the log."),
    }
    return Letter(
        due.id,
        due.message.conversation_id,
        channel_word(eye, due.channel),
        mask_cards(due.message.text),
        eye.moment(due.message.at),
        say("may have arrived") if doubt else say("not delivered"),
        doubt,
        reasons.get(due.why, due.why),
        due.attempts,
    )
