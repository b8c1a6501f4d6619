"""Which set this process serves, and how it changes: the published one, or in development the folder as it is edited.

A set is swapped whole, between two turns. One that cannot run changes nothing: the last good set goes on, and the log and
the console say what is wrong.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from presszero import desk
from presszero.config import Config
from presszero.errors import BugError, ConfigError, ContentError, Finding
from presszero.publishing import snapshot
from presszero.publishing.installation import installed, own
from presszero.publishing.publisher import Publisher, digests
from presszero.publishing.serving import served, structures
from presszero.runtime.content import Content
from presszero.runtime.intake import Intake
from presszero.runtime.versions import FORMAT, Refused, Trial
from presszero.store.publications_aside import running
from presszero.store.shelf import NewPublication

log = logging.getLogger("presszero")
EVERY = 1.0  # seconds between two looks at what is published: one small read
Make = Callable[[desk.Desk], Content]


@dataclass(frozen=True)
class Start:
    """What a process begins with; ``number`` is 0 for the folder. ``here``: the settings of the installation itself."""

    found: desk.Desk
    number: int = 0
    here: Config | None = None


def start(root: Path, env: Mapping[str, str], database: Path, *, published: bool) -> Start:
    """What to serve first: what was published last, or the folder when nothing was or in development. Raises ConfigError."""
    last = running(database) if published else None
    if last is None:
        found = desk.read(root, env, database.parent / "cache")
        return Start(found, here=found.config)
    publication, files = last
    if publication.format != FORMAT:
        raise ConfigError(
            f"Publication {publication.id} is written in format {publication.format}, this release reads {FORMAT}: "
            "update Press Zero, or serve the folder with `presszero run --watch`."
        )
    here = own(root, env)
    return Start(installed(snapshot.read(files, env), here), publication.id, here)


class Current:
    """The set that this process serves."""

    def __init__(
        self, intake: Intake, root: Path, env: Mapping[str, str], models: Path, make: Make, *, published: bool,
        here: Config | None = None,
    ) -> None:  # fmt: skip
        self._intake, self._root, self._env, self._make = intake, root, env, make
        self._published = published
        self._here = here  # as at the start: channels do not change while they work
        self._mark: tuple[int | None, int | None] = (None, None)
        self._one = asyncio.Lock()
        self.publisher = Publisher(intake.store, root, env, models, intake.clock, self.follow, here=True)

    async def begin(self, number: int) -> None:
        """Once the store is open: the first publication if there is none; what people may be inside is fetched."""
        if not self._published:
            await self._serve_folder(self._intake.content)
            return
        if number == 0:
            files = await asyncio.to_thread(snapshot.of_folder, self._root)
            first = NewPublication(self._intake.clock.now(), "", "", None, FORMAT, files)
            await self._intake.store.publish(first, structures(self._intake.content.flows.flows.values()))
        runs, trial = await self._intake.store.published()
        # The folder may have been served in between: what is published is in force again.
        await self._adopt(runs or 0, trial, known=number or runs, again=True)
        self._mark = (runs, trial)

    async def _serve_folder(self, content: Content) -> None:
        now = self._intake.clock.now()
        await self._intake.store.put_in_force(structures(content.flows.flows.values()), now)
        self._intake.content = served(content, await self._intake.store.structures(now))
        self._intake.trouble = ()

    async def is_draft(self) -> bool:
        """Whether the folder differs from what is served."""
        files = await asyncio.to_thread(snapshot.of_folder, self._root)
        served = await self._intake.store.publication(self._intake.content.publication)
        return served is not None and digests(files) != dict(served.files)

    async def reload(self) -> tuple[Finding, ...]:
        """Reads the folder again; a broken one changes nothing. Gives its errors."""
        async with self._one:
            found = await asyncio.to_thread(desk.read, self._root, self._env)
            if found.errors:
                for finding in found.errors:
                    log.error("%s", finding.line())
                log.error("PZ-RELOAD the desk's files have errors; the old version is still running")
                self._intake.trouble = found.errors
                return found.errors
            await self._serve_folder(await asyncio.to_thread(self._make, found))
            log.info("the desk's files were read again")
            return ()

    async def watch(self) -> None:
        """Follows the folder, or what is published."""
        if self._published:
            while True:
                await asyncio.sleep(EVERY)
                await self.follow()
        from watchfiles import awatch

        folders = [self._root / n for n in ("flows", "nlu", "kb", "handoff", "config.yaml")]
        async for _ in awatch(*[f for f in folders if f.exists()], debounce=300, step=100):
            await self.reload()

    async def follow(self) -> None:
        """Serves what is published, if it is another than before; one that cannot run here changes nothing."""
        if not self._published:
            return
        async with self._one:
            runs, trial = await self._intake.store.published()
            if (runs, trial) == self._mark or runs is None:
                return
            try:
                await self._adopt(runs, trial, known=self._intake.content.publication)
                log.info("publication %s is served%s", runs, f", {trial} on trial" if trial else "")
            except (ContentError, Refused, BugError) as error:
                self._intake.trouble = error.findings if isinstance(error, ContentError) else ()
                log.error("PZ-PUBLISHED %s cannot run here, the old version is still running: %s", runs, error)  # noqa: TRY400 - a fault of files, not ours
            self._mark = (runs, trial)

    async def _adopt(self, runs: int, trial: int | None, *, known: int | None, again: bool = False) -> None:
        store, now = self._intake.store, self._intake.clock.now()
        content = self._intake.content if known == runs else await self._read(runs)
        tried = await store.publication(trial) if trial is not None else None
        other = await self._read(tried.id) if tried is not None else None
        if again:
            flows = [*content.flows.flows.values(), *(other.flows.flows.values() if other else ())]
            await store.put_in_force(structures(flows), now)
        stored = await store.structures(now)
        # Nothing is awaited from here on: a turn sees all of the old set or all of the new one.
        self._intake.content = served(content, stored, runs)
        self._intake.trial = Trial(tried.id, tried.share, served(other, stored, tried.id)) if tried and other else None
        self._intake.trouble = ()

    async def _read(self, number: int) -> Content:
        files = await self.publisher.files(number)
        found = installed(await asyncio.to_thread(snapshot.read, files, self._env), self._here)
        return await asyncio.to_thread(self._make, found)
