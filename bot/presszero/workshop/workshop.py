"""Drafts over the desk's folder: read as one desk, judged, tried out, tested. What `runtime.editing.Editing` promises.

One draft is worked on at a time: a lead's typing must never slow down the desk's conversations more than that.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from presszero import desk
from presszero.check.declared import undeclared
from presszero.check.dialogues import Played, play_all
from presszero.check.script import Script
from presszero.check.script import load as load_scripts
from presszero.errors import ContentError, Finding
from presszero.publishing import snapshot, tested
from presszero.runtime.content import Content
from presszero.runtime.editing import Act, Drafts, FileText, Offer, Outcome, Tried
from presszero.runtime.versions import Tested
from presszero.workshop.complete import DeskNames, complete
from presszero.workshop.files import DeskFiles
from presszero.workshop.tryout import Tryouts

LANGUAGES = ("ru", "en")  # of the console
_KEPT = 2  # sets of drafts that stay ready to be tried out


class Workshop:
    """``root`` is the desk's folder, ``models`` what was trained."""

    def __init__(self, root: Path, env: Mapping[str, str], models: Path) -> None:
        self._root, self._env, self._models = root, env, models
        self._files = DeskFiles(root)
        self._tryouts = Tryouts()
        self._one = asyncio.Lock()
        self._names = DeskNames()
        self._ready: OrderedDict[str, tuple[Content, dict[str, Any]]] = OrderedDict()

    async def close(self) -> None:
        """Conversations that are tried out end."""
        await self._tryouts.close()

    def names(self) -> list[str]:
        """The files that can be edited."""
        return self._files.names()

    def read(self, name: str) -> FileText:
        """A file."""
        return self._files.read(name)

    async def save(self, name: str, text: str, base: str, author: str) -> FileText:
        """Writes a file. Raises Taken."""
        async with self._one:
            return await asyncio.to_thread(self._files.save, name, text, base, author)

    async def remove(self, name: str, base: str) -> None:
        """Removes a file that nobody has changed since. Raises Taken."""
        async with self._one:
            await asyncio.to_thread(self._files.remove, name, base)

    async def judge(self, drafts: Drafts) -> Sequence[Finding]:
        """What is wrong in the desk with these drafts."""
        async with self._one:
            found, _, faults = await asyncio.to_thread(self._look, drafts)
            self._names = _names(found)
            return [*found.findings, *faults]

    async def complete(self, drafts: Drafts, name: str, line: int, column: int, lang: str) -> Sequence[Offer]:
        """What can be typed at a place of a draft. Raises Refused."""
        self._files.known(name, *drafts)
        if not self._names.flows:
            await self.judge({})
        return complete(name, drafts.get(name, ""), line, column, self._names, lang)

    async def act(self, who: int, drafts: Drafts, act: Act) -> Tried:
        """One act in the conversation that somebody tries out."""
        if act.do != "start":
            return await self._tryouts.act(who, act)
        content, services, _ = await self._content(drafts)
        return await self._tryouts.begin(who, content, services, act)

    async def test(self, drafts: Drafts, lang: str) -> Sequence[Outcome]:
        """Plays the dialogue tests."""
        mark = snapshot.mark(await asyncio.to_thread(self._files.over, drafts))
        content, _, scripts = await self._content(drafts, tests=True)
        # In a loop of its own: a desk's hundred dialogues must not hold up the conversations of this process.
        played = await asyncio.to_thread(lambda: asyncio.run(play_all(scripts, content)))
        failed = sum(each.failure is not None for each in played)
        went = Tested(time.time(), len(played) - failed, failed)
        await asyncio.to_thread(tested.keep, self._models.parent, mark, went)
        return [_outcome(each, lang) for each in played]

    async def _content(self, drafts: Drafts, *, tests: bool = False) -> tuple[Content, dict[str, Any], list[Script]]:
        """The drafts as the runtime needs them. Raises ContentError."""
        async with self._one:
            mark = snapshot.mark(await asyncio.to_thread(self._files.over, drafts))
            ready = self._ready.get(mark)
            if ready is not None and not tests:
                return *ready, []
            found, scripts, faults = await asyncio.to_thread(self._look, drafts)
            if found.errors or (tests and faults):
                raise ContentError(found.errors or faults)
            content = (
                ready[0] if ready else await asyncio.to_thread(desk.content, found, self._models, always_open=True)
            )
            if tests:  # tests have their own clock and hours
                content = await asyncio.to_thread(desk.content, found, self._models)
                return content, {}, scripts
            self._ready[mark] = content, _services(found)
            while len(self._ready) > _KEPT:
                self._ready.popitem(last=False)
            return *self._ready[mark], scripts

    def _look(self, drafts: Drafts) -> tuple[desk.Desk, list[Script], list[Finding]]:
        with snapshot.laid_out(self._files.over(drafts)) as root:
            found = desk.read(root, self._env)
            scripts, faults = load_scripts(root)
            return found, scripts, [*faults, *undeclared(root, found.flows.draft, found.handoff)]


def _services(found: desk.Desk) -> dict[str, Any]:
    """What services answer in a conversation that is tried out: nothing is called; the demo's own are known."""
    from presszero.demo.billing import sample

    names = found.config.endpoints if found.config else {}
    return {name: answer for name in names if (answer := sample(name)) is not None}


def _names(found: desk.Desk) -> DeskNames:
    draft, people = found.flows.draft, found.handoff
    services = found.config.services if found.config else {}
    remembered = {s.name for f in draft.flows.values() for s in f.slots.values() if s.remember}
    return DeskNames(
        tuple(draft.flows),
        tuple(people.queues) if people else (),
        tuple(people.categories) if people else (),
        tuple(people.calendars) if people else (),
        tuple(people.slas) if people else (),
        tuple(services),
        (),
        tuple(sorted({p.intent for p in found.phrases.trained if not p.intent.startswith("category/")})),
        tuple(f"told.{name}" for name in sorted(remembered)),
        {lang: {n: f.title.render(lang, {}) for n, f in draft.flows.items()} for lang in LANGUAGES},
    )


def _outcome(played: Played, lang: str) -> Outcome:
    place, failure = played.script.place, played.failure
    said = failure.sentence(lang) if failure else ""
    log = tuple(played.log) if failure else ()
    return Outcome(
        played.script.name, place.file, place.line, failure is None, said, failure.place.line if failure else 0, log
    )
