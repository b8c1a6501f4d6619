"""What publishing would do: changes between two desks, the people inside, and what refuses because somebody would be lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from presszero.desk import Desk
from presszero.dialogue.flow import Flow, FlowSet
from presszero.errors import Finding, Place
from presszero.flows.diff import Change, diff
from presszero.runtime.versions import FileChange, Inside, Plan
from presszero.store.shelf import Standing

NOBODY = Standing()
NOTHING = FlowSet({})


def plan(
    base: int | None,
    seen: str,
    old: tuple[Desk, Mapping[str, str]] | None,
    new: tuple[Desk, Mapping[str, str]],
    standing: Standing = NOBODY,
) -> Plan:
    """``old`` and ``new``: a desk and its files by digest."""
    before, after = (old[0] if old else None), new[0]
    changes = () if _broken(after) else diff(_flows(before), _flows(after)) if before else _first(_flows(after))
    files = tuple(_files(old[1] if old else {}, new[1]))
    lost = tuple(_lost(_flows(before), after, standing)) if before and not _broken(after) else ()
    told = {
        (f.values.get("flow") or f.place.file.rpartition("/")[2].removesuffix(".yaml"), f.values.get("id", ""))
        for f in lost
    }
    # A broken file says nothing about its steps; who would be lost is told by the finding alone.
    people = () if before is None or _broken(after) else _inside(_flows(before), _flows(after), changes, standing)
    inside = tuple(i for i in people if (i.flow, i.step) not in told and not (i.removed and (i.flow, "") in told))
    findings = tuple(f for f in after.findings if f.severity == "error") + lost
    restart = old is not None and any(f.name == "config.yaml" for f in files)
    return Plan(base, seen, changes, files, inside, standing.people, findings, restart)


def _first(new: FlowSet) -> tuple[Change, ...]:
    return tuple(Change("flow_added", name) for name in new.flows)


def _broken(desk: Desk) -> bool:
    return bool(desk.errors)


def _flows(desk: Desk | None) -> FlowSet:
    return NOTHING if desk is None else desk.flows.flows or desk.flows.draft


def _files(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FileChange]:
    """What is not told by the changes of flows."""
    for name in sorted(old.keys() | new.keys()):
        if name.startswith("flows/") or old.get(name) == new.get(name):
            continue
        yield FileChange(name, "added" if name not in old else "removed" if name not in new else "changed")


def _lost(old: FlowSet, new: Desk, standing: Standing) -> Iterator[Finding]:
    """People whose step or value would be gone, where no flow says what becomes of them."""
    flows = _flows(new)
    for name, flow in old.flows.items():
        heir = flows.flows.get(name)
        if heir is None:
            people = sum(n for (f, _), n in standing.steps.items() if f == name)
            if people and not flow.in_flight:
                yield Finding(Place(flow.file), "PZ903", {"flow": name, "people": str(people)})
        elif heir.version != flow.version and not heir.in_flight:
            yield from _gone(flow, heir, new.flows.place(name), standing)


def _gone(old: Flow, new: Flow, place: Place, standing: Standing) -> Iterator[Finding]:
    for step in old.steps:
        people = standing.steps.get((old.name, step), 0)
        if step not in new.steps and people:
            yield Finding(place, "PZ901", {"id": step, "people": str(people)})
    for name, slot in old.slots.items():
        heir, people = new.slots.get(name), standing.values.get((old.name, name), 0)
        if heir is not None and heir.type != slot.type and people:
            values = {"slot": name, "old": slot.type, "new": heir.type, "people": str(people)}
            yield Finding(place, "PZ902", values)


def _inside(old: FlowSet, new: FlowSet, changes: tuple[Change, ...], standing: Standing) -> Iterator[Inside]:
    """People on every step that is removed or changed."""
    touched = {(c.flow, c.step) for c in changes if c.step and c.kind not in {"step_added", "step_renamed"}}
    for (flow, step), people in sorted(standing.steps.items()):
        before, after = old.flows.get(flow), new.flows.get(flow)
        if before is None or step not in before.steps:
            continue
        removed = after is None or step not in after.steps
        if removed or (flow, step) in touched:
            policy = (after or before).in_flight or "keep"
            yield Inside(
                flow, step, people, removed, policy if after is None or after.version != before.version else ""
            )
