"""Publishes a desk: looks, checks, writes one publication in one transaction, takes it back. What `runtime.versions.Publishing` promises.

A set that has one error, or that would lose somebody, is never written; nor is one that was not looked at in its last form.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from presszero import desk
from presszero.check.unproved import unproved
from presszero.errors import ContentError
from presszero.publishing import snapshot, tested
from presszero.publishing.plan import plan
from presszero.publishing.serving import structures
from presszero.runtime.clock import Clock
from presszero.runtime.versions import FORMAT, Files, Numbers, Outrun, Plan, Refused, numbers
from presszero.store.shelf import NewPublication, Publication, Shelf

TRIAL_IS_ON = Refused(
    "trial",
    "A trial is on: promote it or withdraw it first.",
    "Идёт проба: сначала откройте её всем или снимите.",
)


async def _nothing() -> None:
    return


class Publisher:
    """``root`` holds the draft, ``models`` what was trained; ``changed`` is awaited after each change.

    ``here``: in the process that serves the desk, whose environment must have what the files name.
    """

    def __init__(
        self,
        shelf: Shelf,
        root: Path,
        env: Mapping[str, str],
        models: Path,
        clock: Clock,
        changed: Callable[[], Awaitable[None]] = _nothing,
        *,
        here: bool = False,
    ) -> None:
        self._shelf, self._root, self._env = shelf, root, env
        self._models, self._clock, self._changed, self._here = models, clock, changed, here

    async def running(self) -> tuple[int | None, int | None]:
        """What runs, and the trial."""
        return await self._shelf.published()

    async def history(self, limit: int = 50) -> Sequence[Publication]:
        """Publications, newest first."""
        return await self._shelf.publications(limit)

    async def files(self, number: int) -> Files:
        """The files of a publication. Raises Refused."""
        found = await self._shelf.publication(number)
        if found is None:
            raise Refused("unknown", f"There is no publication {number}.", f"Публикации {number} нет.")
        if found.format != FORMAT:
            raise Refused(
                "format",
                f"Publication {number} is written in format {found.format}, this release reads {FORMAT}: "
                "update Press Zero, or publish the folder anew.",
                f"Публикация {number} записана в формате {found.format}, а эта версия читает {FORMAT}: "
                "обновите Press Zero или опубликуйте папку заново.",
            )
        return await self._shelf.published_files(number)

    async def plan(self, files: Files | None = None) -> Plan:
        """What publishing would do."""
        return (await self._look(files))[0]

    async def _look(self, files: Files | None) -> tuple[Plan, Files, desk.Desk]:
        draft = (
            snapshot.bounded(files) if files is not None else await asyncio.to_thread(snapshot.of_folder, self._root)
        )
        base, _ = await self._shelf.published()
        try:
            runs = await self.files(base) if base is not None else None
        except Refused:  # what runs cannot be read by this release: everything is new
            runs = None
        new = await asyncio.to_thread(snapshot.read, draft, self._env)
        old = await asyncio.to_thread(snapshot.read, runs, self._env) if runs is not None else None
        before = (old, digests(runs)) if old is not None and runs is not None else None
        standing = await self._shelf.standing(self._clock.now())
        mark = snapshot.mark(draft)
        found = plan(base, mark, before, (new, digests(draft)), standing)
        found = msgspec.structs.replace(found, tested=tested.last(self._models.parent, mark))
        if not found.errors:
            more = await asyncio.to_thread(unproved, new.flows)
            judged = new.config.judged(more) if new.config else more
            # Without its variables this process could not start again.
            missing = new.config.missing_env if self._here and new.config else ()
            refused = [replace(f, severity_set="error") for f in missing]
            found = msgspec.structs.replace(found, findings=(*found.findings, *judged, *refused))
        return found, draft, new

    async def publish(
        self,
        files: Files | None = None,
        *,
        base: int | None,
        author: str,
        note: str = "",
        share: int = 100,
        seen: str = "",
    ) -> Publication:
        """Publishes what was looked at."""
        if not 1 <= share <= 100:
            raise Refused("share", "A share is 1 to 100 percent.", "Доля — от 1 до 100 процентов.")
        found, draft, new = await self._look(files)
        if found.errors:
            raise ContentError(found.errors)
        if found.base != base or (seen and seen != found.seen):
            raise _outrun(await self._last(found.base))
        if found.empty and found.base is not None:
            raise Refused(
                "same", "Nothing has changed since the last publication.", "С прошлой публикации ничего не изменилось."
            )
        if share < 100 and base is None:
            raise Refused("first", "The first publication is for everybody.", "Первая публикация — сразу для всех.")
        return await self._write(draft, new, base, author, note, share)

    async def _write(
        self,
        files: Files,
        new: desk.Desk,
        base: int | None,
        author: str,
        note: str,
        share: int,
        restores: int | None = None,
    ) -> Publication:
        # Whatever the running desk would stumble over, training included, happens here and before anything is written.
        content = await asyncio.to_thread(desk.content, new, self._models)
        wanted = NewPublication(
            self._clock.now(), author[:100], note[:1000], base, FORMAT, files, share=share, restores=restores
        )
        done = await self._shelf.publish(wanted, structures(content.flows.flows.values()))
        if done is None:
            runs, trial = await self._shelf.published()
            raise TRIAL_IS_ON if trial is not None else _outrun(await self._last(runs))
        await self._changed()
        return done

    async def _last(self, number: int | None) -> Publication | None:
        return await self._shelf.publication(number) if number is not None else None

    async def rollback(
        self, number: int | None = None, *, base: int | None, author: str, note: str = ""
    ) -> Publication:
        """What ran before runs again; people who are inside stay inside (``keep``) or go as their flow says."""
        runs, trial = await self._shelf.published()
        if trial is not None:
            raise TRIAL_IS_ON
        if runs != base:
            raise _outrun(await self._last(runs))
        wanted = number if number is not None else await self._before(runs)
        if wanted is None or wanted == runs:
            raise Refused("none_before", "There is nothing to go back to.", "Возвращаться не к чему.")
        files = await self.files(wanted)
        old = await asyncio.to_thread(snapshot.read, files, self._env)
        if old.errors:
            raise ContentError(old.errors)
        return await self._write(files, old, base, author, note, 100, restores=wanted)

    async def _before(self, number: int | None) -> int | None:
        """What ran before; going back twice goes back further, not forth again."""
        now = await self._last(number)
        if now is not None and now.restores is not None:
            now = await self._last(now.restores)
        return now.base if now is not None else None

    async def end_trial(self, number: int, *, promote: bool) -> None:
        """For everybody, or for nobody."""
        runs, trial = await self._shelf.published()
        if trial != number or runs is None:
            raise _outrun(await self._last(runs))
        files = await self.files(number if promote else runs)
        now = await asyncio.to_thread(snapshot.read, files, self._env)
        if now.errors:
            raise ContentError(now.errors)
        if promote:
            await self._nobody_lost(runs, now)
        flows = now.flows.flows or now.flows.draft
        if not await self._shelf.end_trial(
            number, structures(flows.flows.values()), self._clock.now(), promote=promote
        ):
            raise _outrun(await self._last(runs))
        await self._changed()

    async def _nobody_lost(self, runs: int, new: desk.Desk) -> None:
        """Promoting retires what the others stand in: the same question as at publishing."""
        before = await self.files(runs)
        old = await asyncio.to_thread(snapshot.read, before, self._env)
        standing = await self._shelf.standing(self._clock.now())
        found = plan(runs, "", (old, {}), (new, {}), standing)
        if found.errors:
            raise ContentError(found.errors)

    async def sides(self) -> tuple[Numbers, Numbers] | None:
        """The two versions since the trial began."""
        runs, trial = await self._shelf.published()
        begun = await self._last(trial)
        if runs is None or begun is None:
            return None
        totals = await self._shelf.counts(begun.at - 86400.0)
        everything = await self._shelf.counts(0.0)
        return numbers(runs, everything, begun.baseline), numbers(begun.id, totals)


def digests(files: Files) -> dict[str, str]:
    """Each file by what is in it."""
    return {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}


def _outrun(last: Publication | None) -> Outrun:
    if last is None:
        return Outrun("Somebody published meanwhile. Look again.")
    return Outrun(f"{last.author} published {last.id} meanwhile{f' ({last.note})' if last.note else ''}. Look again.")
