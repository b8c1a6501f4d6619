"""The operators' console: its routes, its permissions, its files. The pages themselves are with their nouns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console import pages
from presszero.console.acts import Acts
from presszero.console.desk import Desk
from presszero.console.frame import Frame
from presszero.console.handle import HandleCode
from presszero.console.letters import Letters
from presszero.console.live import Live
from presszero.console.publish import Publish
from presszero.console.publish_api import PublishApi
from presszero.console.requests import Requests
from presszero.console.sessions import Sessions
from presszero.console.signin import SignIn
from presszero.http.problem import Problem
from presszero.http.routes import Door, Guard, Permission
from presszero.runtime.intake import Intake
from presszero.runtime.people import People
from presszero.runtime.versions import Publishing


class Files(Protocol):
    """Who keeps customers' files."""

    async def give(self, file_id: str) -> Response:
        """The file. Raises Problem 404."""
        ...


class Part(Protocol):
    """Something with routes of its own."""

    def routes(self, door: Door) -> list[BaseRoute]:
        """Every route, with its permission."""
        ...


class Console:
    """Everything under /console. ``files`` keeps what customers sent; ``more`` are pages that need what only the app has."""

    def __init__(
        self,
        intake: Intake,
        people: People,
        files: Files | None = None,
        publishing: Publishing | None = None,
        more: Sequence[Callable[[Frame], Part]] = (),
    ) -> None:
        self._files = files
        self.sessions = Sessions(intake)
        frame = Frame(intake)
        self._parts: tuple[Part, ...] = (
            SignIn(intake, self.sessions),
            Desk(frame),
            Acts(intake, people, self.sessions),
            Requests(frame),
            Letters(frame),
            HandleCode(frame),
        )
        if publishing is not None:
            self._parts = (*self._parts, Publish(frame, publishing), PublishApi(publishing))
        self._parts = (*self._parts, *(part(frame) for part in more))
        self._live = Live(intake, self.sessions)

    @property
    def guards(self) -> Mapping[Permission, Guard]:
        """How ``operator`` and ``lead`` are checked."""
        return self.sessions.guards

    def routes(self, door: Door) -> list[BaseRoute]:
        """Every route, with its permission."""
        found = [route for part in self._parts for route in part.routes(door)]
        found.append(door.route("/console/files/{id}", self.file, "operator"))
        found.append(door.socket("/console/live", self._live.serve, "operator"))
        return [pages.static("/console/static"), *found]

    async def file(self, request: Request) -> Response:
        """A customer's file."""
        if self._files is None:
            raise Problem(404, "not_found", "There are no files here.")
        return await self._files.give(request.path_params["id"])
