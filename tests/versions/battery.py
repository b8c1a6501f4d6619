"""Publishing while people are inside and writing, under each policy; and a publisher killed in the middle. `make versions`.

Every customer must come to the end of the flow, or to a person; the numbers that the plan shows are counted again here.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from presszero.publishing import snapshot
from presszero.publishing.serving import structures
from presszero.store.publications_aside import ShelfAside
from tests.running import ROOT
from tests.versions.room import Room, make, order, renamed, room

POLICIES = ("keep", "drained", "move", "restart")
STEPS = ("number", "size", "name")
ANSWERS = {"number": "1234", "size": "Small", "colour": "Small", "name": "Olga"}


@dataclass
class Report:
    """What became of everybody."""

    policy: str
    people: int
    inside: int = 0  # whom the plan counted on the removed step
    really: int = 0  # who stood there
    done: int = 0
    person: int = 0
    lost: list[str] = field(default_factory=list)
    moved: int = 0
    restarted: int = 0
    seconds: float = 0.0
    publish: float = 0.0

    @property
    def line(self) -> str:
        """For the table."""
        return (
            f"{self.policy:<8} people {self.people}  on the removed step: plan {self.inside}, counted {self.really}  "
            f"done {self.done}  with a person {self.person}  lost {len(self.lost)}  moved {self.moved}  "
            f"began again {self.restarted}  publish {self.publish:.2f} s  all {self.seconds:.1f} s"
        )


async def battery(folder: Path, data: Path, people: int, policy: str) -> Report:
    """One policy."""
    found, began = Report(policy, people), time.perf_counter()
    chance = random.Random(people)
    async with room(make(folder), data) as desk:
        peers = {f"p{n}": STEPS[n % 3] for n in range(people)}
        await _all([desk.stand(peer, step) for peer, step in peers.items()])
        said = "keep, drain: 1h" if policy in {"keep", "drained"} else policy
        desk.write(renamed(order(f"{{in_flight: {said}}}")))
        plan = await desk.plan()
        found.inside = sum(i.people for i in plan.inside if i.removed)
        found.really = sum(step == "size" for step in peers.values())
        assert plan.people == people, plan.people
        # Some write while it is published: what they say is taken by the old set or the new one, never by neither.
        busy = chance.sample(sorted(peers), people // 4)
        at = time.perf_counter()
        publishing = asyncio.create_task(desk.publish())
        await _all([desk.say(peer, ANSWERS[peers[peer]]) for peer in busy])
        await publishing
        found.publish = time.perf_counter() - at
        if policy == "drained":
            desk.clock.at += 7200.0
        ends = await _all([_finish(desk, peer) for peer in peers])
        for peer, end in zip(peers, ends, strict=True):
            if end == "done":
                found.done += 1
            elif end == "person":
                found.person += 1
            else:
                found.lost.append(f"{peer}: {end}")
        totals = Counter(await desk.running.store.counts(0.0))
        found.moved, found.restarted = totals["version_moved:order"], totals["version_restarted:order"]
    found.seconds = time.perf_counter() - began
    return found


async def _all(work: list[object]) -> list[object]:
    """Many at once, as they come in life; a thousand, though, not all in one instant."""
    found: list[object] = []
    for n in range(0, len(work), 100):
        found += await asyncio.gather(*work[n : n + 100])  # type: ignore[call-overload]
    return found


async def _finish(desk: Room, peer: str) -> str:
    """Answers whatever is asked until the flow is over or a person is called."""
    for _ in range(8):
        state = await desk.state(peer)
        if state.holder == "queue" or state.tickets:
            return "person"
        if state.top is None:
            return "done"
        if not state.asking and state.pending is None:
            return f"stands at {state.top.step} and asks nothing"
        step = state.top.step
        words = await desk.say(peer, ANSWERS[step])
        if not words:
            return f"heard nothing at {step}"
    return "goes round"


# killed in the middle


def kill(folder: Path, data: Path, times: int, seed: int = 1) -> Counter[str]:
    """A publisher killed at any moment: afterwards the old set or the new one is there, whole."""
    chance, found = random.Random(seed), Counter[str]()
    make(folder)
    for round_ in range(times):
        command = [sys.executable, "-m", "tests.versions.battery", "--publisher", str(folder), str(data)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        assert child.stdout
        assert child.stdout.readline() == b"ready\n"
        before = b"" if round_ % 2 else child.stdout.readline()  # half of them after a whole publication
        time.sleep(chance.uniform(0.0, 0.25))
        child.kill()
        written = (before + child.stdout.read()).count(b"\n")
        child.wait()
        child.stdout.close()
        found["kills"] += 1
        found["publications"] += written
        found["half"] += not asyncio.run(_whole(data))
    return found


async def _whole(data: Path) -> bool:
    shelf = ShelfAside(data / "presszero.db")
    runs, _ = await shelf.published()
    if runs is None:
        return True
    publication = await shelf.publication(runs)
    assert publication
    desk = snapshot.read(await shelf.published_files(runs), {})
    if desk.errors or desk.flows.flows is None:
        return False
    wanted = {(s.flow, s.version) for s in structures(desk.flows.flows.flows.values())}
    return {(s.flow, s.version) for s in await shelf.structures(0.0) if not s.policy} == wanted


async def _publish_for_ever(folder: Path, data: Path) -> None:
    from presszero.publishing.publisher import Publisher
    from presszero.runtime.clock import WallClock
    from tests.running import MODELS

    shelf = ShelfAside(data / "presszero.db")
    publisher = Publisher(shelf, folder, {}, MODELS, WallClock())
    print("ready", flush=True)
    n = time.time_ns()
    while True:
        n += 1
        text = order() if n % 2 else renamed(order())
        (folder / "flows" / "order.yaml").write_text(text.replace("In whose name?", f"Name {n}?"))
        base, _ = await publisher.running()
        await publisher.publish(base=base, author="x")
        print(n, flush=True)


def main() -> int:
    """The table, in full size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--publisher", nargs=2, default=None)
    given = parser.parse_args()
    if given.publisher:
        asyncio.run(_publish_for_ever(Path(given.publisher[0]), Path(given.publisher[1])))
    bad = 0
    with tempfile.TemporaryDirectory() as place:
        for policy in POLICIES:
            found = asyncio.run(battery(Path(place) / policy, Path(place) / f"{policy}-data", given.people, policy))
            print(found.line, *found.lost[:10], sep="\n  ", flush=True)
            bad += len(found.lost) + (found.inside != found.really)
        killed = kill(Path(place) / "kill", Path(place) / "kill-data", given.kills)
        print(dict(killed))
    return 1 if bad or killed["half"] else 0


if __name__ == "__main__":
    sys.exit(main())
