"""A conversation made into a dialogue test: its page for leads, the file to take away, and saving it beside the desk's own tests.

The page shows the test as it will be kept, personal data masked; nothing of the conversation changes.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console import headers
from presszero.console.frame import Frame
from presszero.console.reader import Reader, reader
from presszero.console.talk import Talk
from presszero.http.routes import Door
from presszero.runtime.content import Content
from presszero.store.base import Conversation, Customer, Message, Ticket

log = logging.getLogger(__name__)
MOST = 400  # lines of a conversation that become a test


class Made(Protocol):
    """A test as a file, and the expectations that did not hold when it was played."""

    @property
    def text(self) -> str:
        """The file."""
        ...

    @property
    def left_out(self) -> tuple[str, ...]:
        """What did not hold."""
        ...


Recorder = Callable[[Content, Conversation, Customer, Sequence[Message], Sequence[Ticket]], Awaitable[Made]]


class Recording:
    """The pages. ``folder`` is where the desk's tests are; None = this desk's files are not here to be written."""

    def __init__(self, frame: Frame, recorder: Recorder, folder: Path | None) -> None:
        self._frame, self._intake, self._recorder, self._folder = frame, frame.intake, recorder, folder

    def routes(self, door: Door) -> list[BaseRoute]:
        """The page, the file, and the press that saves it."""
        return [
            door.route("/console/c/{id:int}/test", self.page, "lead"),
            door.route("/console/c/{id:int}/test", self.save, "lead", ["POST"]),
            door.route("/console/c/{id:int}/test.yaml", self.file, "lead"),
        ]

    async def page(self, request: Request) -> Response:
        """The test."""
        return await self._page(request, await self._made(request))

    async def file(self, request: Request) -> Response:
        """The test as a file to take away."""
        made = await self._made(request)
        name = f"conversation_{request.path_params['id']}.yaml"
        head = {**headers.PRIVATE, "content-disposition": f'attachment; filename="{name}"'}
        return Response(made.text, 200, head, "application/yaml")

    async def save(self, request: Request) -> Response:
        """Writes it beside the desk's tests; a file that is there is never written over."""
        made = await self._made(request)
        path = self._path(request.path_params["id"])
        say = reader(request, self._intake).words.gettext
        if path is None:
            return await self._page(request, made, wrong=say("The desk's files cannot be written here."), status=409)
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(made.text)
        except FileExistsError:
            wrong = say("This conversation is a test already: %(file)s") % {"file": path.name}
            return await self._page(request, made, wrong=wrong, status=409)
        except OSError:
            log.warning("a test could not be written to %s", path)
            return await self._page(request, made, wrong=say("The desk's files cannot be written here."), status=409)
        return await self._page(request, made, saved=f"tests/dialogues/{path.name}")

    def _path(self, number: int) -> Path | None:
        import os

        folder = self._folder
        if folder is None or not folder.is_dir() or not os.access(folder, os.W_OK):
            return None
        return folder / f"conversation_{number}.yaml"

    async def _made(self, request: Request) -> Made:
        """The test. Raises Problem 404."""
        eye: Reader = reader(request, self._intake)
        store = self._intake.store
        talk = await Talk.load(store, eye, request.path_params["id"])
        lines = await store.messages(talk.conversation.id, limit=MOST)
        tickets = await store.tickets(conversation_id=talk.conversation.id, limit=20)
        return await self._recorder(eye.content, talk.conversation, talk.customer, lines, tickets)

    async def _page(
        self, request: Request, made: Made, *, saved: str = "", wrong: str = "", status: int = 200
    ) -> Response:
        number = request.path_params["id"]
        values = {
            "id": number,
            "text": made.text,
            "rows": min(40, made.text.count("\n") + 2),
            "left_out": made.left_out,
            "may_save": self._path(number) is not None and not saved,
            "saved": saved,
            "wrong": wrong,
        }
        return await self._frame.page(request, "recording.html", "recording", values, status)
