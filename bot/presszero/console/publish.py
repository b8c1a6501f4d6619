"""The page where a lead publishes: what the draft changes and for whom, history, one press back, a trial beside what runs."""

from __future__ import annotations

import secrets
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from presszero.console.forms import form
from presszero.console.frame import Frame
from presszero.console.reader import Reader, reader
from presszero.console.sessions import KEY_LASTS, key_digest
from presszero.errors import ContentError, Finding
from presszero.flows.told import by_flow
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.versions import Numbers, Outrun, Publishing, Refused
from presszero.store.shelf import Publication

HERE = "/console/publish"
BAD = {"format", "unknown", "stray", "too_large", "no_config", "share"}  # the request itself cannot be taken


class Line(NamedTuple):
    """A publication in the history."""

    number: int
    when: str
    author: str
    note: str
    state: str
    runs: bool


class Versus(NamedTuple):
    """A row of the comparison."""

    name: str
    old: str
    new: str


def problem_of(error: Outrun | Refused, lang: str = "en") -> Problem:
    """A refusal over HTTP: somebody was first, or not now."""
    if isinstance(error, Outrun):
        return Problem(409, "outrun", str(error))
    status = 422 if error.code in BAD else 409
    return Problem(status, error.code, error.ru if lang == "ru" else error.en)


class Publish:
    """Publishing in the console."""

    def __init__(self, frame: Frame, publishing: Publishing) -> None:
        self._frame, self._intake, self._publishing = frame, frame.intake, publishing

    def routes(self, door: Door) -> list[BaseRoute]:
        """The page and its presses, for leads."""
        return [
            door.route(HERE, self.page, "lead"),
            door.route(HERE, self.publish, "lead", ["POST"]),
            door.route(f"{HERE}/back", self.back, "lead", ["POST"]),
            door.route(f"{HERE}/trial", self.trial, "lead", ["POST"]),
            door.route(f"{HERE}/key", self.key, "lead", ["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """What is, what would change, what was."""
        return await self._page(request)

    async def _page(
        self,
        request: Request,
        *,
        error: str = "",
        findings: tuple[Finding, ...] = (),
        key: str = "",
        anyway: bool = False,
        status: int = 200,
    ) -> Response:
        eye = reader(request, self._intake)
        plan = await self._publishing.plan()
        runs, trial = await self._publishing.running()
        history = await self._publishing.history()
        sides = await self._publishing.sides()
        served = self._intake.content.publication
        values: dict[str, Any] = {
            "plan": plan,
            "played": eye.moment(plan.tested.at) if plan.tested else "",
            "flows": list(by_flow(plan.changes, eye.lang)),
            "findings": [f.line(eye.lang) for f in findings or plan.errors],
            "inside": [(f"{i.flow}/{i.step}", i.people, i.removed, _policy(eye, i.policy)) for i in plan.inside],
            "history": [_line(eye, p, runs) for p in history],
            "runs": runs,
            "trial": next((p for p in history if p.id == trial), None),
            "sides": _sides(eye, sides),
            "error": error,
            "anyway": anyway,
            "made_key": key,
            "folder": served == 0,
            "can_undo": trial is None and len(history) > 1,
        }
        return await self._frame.page(request, "publish.html", "publish", values, status)

    async def publish(self, request: Request) -> Response:
        """Publishes exactly the draft that was shown."""
        asked, who = await form(request), request.state.operator
        base, share = _number(asked.get("base", "")), _number(asked.get("share", "")) or 100
        if "anyway" not in asked:
            plan = await self._publishing.plan()
            if plan.tested is not None and plan.tested.failed and plan.seen == asked.get("seen"):
                say = reader(request, self._intake).words.gettext
                error = say("Dialogue tests fail on this very set. Publish again to do it all the same.")
                return await self._page(request, error=error, anyway=True, status=409)
        return await self._done(
            request,
            self._publishing.publish(
                base=base, author=who.name, note=asked.get("note", ""), share=share, seen=asked.get("seen") or "-"
            ),
        )

    async def back(self, request: Request) -> Response:
        """One press back."""
        asked, who = await form(request), request.state.operator
        base, number = _number(asked.get("base", "")), _number(asked.get("number", ""))
        return await self._done(request, self._publishing.rollback(number, base=base, author=who.name))

    async def trial(self, request: Request) -> Response:
        """The trial is over."""
        asked = await form(request)
        number = _number(asked.get("number", "")) or 0
        return await self._done(request, self._publishing.end_trial(number, promote=asked.get("end") == "promote"))

    async def key(self, request: Request) -> Response:
        """A key for `presszero publish --to`, shown once."""
        key, now = secrets.token_urlsafe(32), self._intake.clock.now()
        await self._intake.store.add_session(key_digest(key), request.state.operator.id, now + KEY_LASTS)
        return await self._page(request, key=key)

    async def _done(self, request: Request, work: Any) -> Response:
        eye = reader(request, self._intake)
        try:
            await work
        except ContentError as error:
            return await self._page(request, findings=error.findings, status=422)
        except Outrun as error:
            said = eye.words.gettext("Somebody was first. Look at the changes again.")
            return await self._page(request, error=f"{said} {error}", status=409)
        except Refused as error:
            return await self._page(request, error=error.ru if eye.lang == "ru" else error.en, status=409)
        return RedirectResponse(HERE, 303)


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() and len(text) < 10 else None


def _line(eye: Reader, found: Publication, runs: int | None) -> Line:
    say = eye.words.gettext
    state = {"trial": say("on trial"), "withdrawn": say("withdrawn"), "live": ""}[found.state]
    if found.restores is not None:
        state = say("back to %(number)s") % {"number": found.restores}
    note = found.note or (say("the first start") if found.base is None and not found.author else "")
    return Line(found.id, eye.moment(found.at), found.author or "—", note, state, found.id == runs)


def _policy(eye: Reader, policy: str) -> str:
    say = eye.words.gettext
    return {
        "keep": say("they finish as it was"),
        "move": say("they are taken along"),
        "restart": say("they begin again"),
    }.get(policy, say("they see the new words"))


def _sides(eye: Reader, sides: tuple[Numbers, Numbers] | None) -> list[Versus]:
    if sides is None:
        return []
    say = eye.words.gettext
    old, new = sides
    names = (say("Handed to people"), say("Misunderstood"), say("Satisfied (4–5)"))
    rows = [Versus(say("Conversations"), str(old.talks), str(new.talks))]
    return rows + [
        Versus(name, _percent(a), _percent(b)) for name, a, b in zip(names, old.shares, new.shares, strict=True)
    ]


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.1f} %"
