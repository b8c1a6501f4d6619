"""The desk of these tests: the console's, with the channels' parts that the portal borrows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from presszero.channels.contact import clean_contact
from presszero.channels.files import Uploads
from presszero.channels.visitor import Tokens
from presszero.console.errors import on_http, on_problem
from presszero.console.outside import Outside, Vouched
from presszero.console.portal import Portal
from presszero.http.problem import Problem
from presszero.http.routes import Door
from tests.console.room import Room, room

SITE = "a secret of the site that is long enough"


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Room]:
    async with room(tmp_path) as made:
        uploads = Uploads(made.store, made.clock, tmp_path / "files", ("jpg", "png", "pdf"), 1)
        tokens = Tokens(b"desk" * 8, SITE)

        def vouch(token: str) -> Vouched:
            visitor = tokens.identity(token)
            return Vouched(visitor.identity, visitor.facts)

        outside = Outside(uploads.keep, uploads.most, ("jpg", "png", "pdf"), clean_contact, vouch, give=uploads.give)
        portal = Portal(made.intake, demo=True, outside=outside)
        made.app = Starlette(
            routes=portal.routes(Door({})), exception_handlers={Problem: on_problem, HTTPException: on_http}
        )
        yield made
