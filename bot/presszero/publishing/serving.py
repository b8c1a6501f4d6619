"""A set as the runtime serves it: with the versions that people may still be inside, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from presszero.dialogue.flow import Flow, FlowSet, Policy, Retired
from presszero.flows.kept import packed, unpacked, with_kept
from presszero.runtime.content import Content
from presszero.store.shelf import Structure


def structures(flows: Iterable[Flow]) -> list[Structure]:
    """What is stored of flows that run."""
    return [Structure(f.name, f.version, packed(f), f.in_flight, f.drain) for f in flows]


def served(content: Content, stored: Sequence[Structure], number: int = 0) -> Content:
    """The content with kept versions beside its flows; ``number`` = whose publication it is."""
    return replace(content, flows=_kept(content.flows, stored), publication=number)


def _kept(now: FlowSet, stored: Sequence[Structure]) -> FlowSet:
    own = {(f.name, f.version) for f in now.flows.values()}
    others = [s for s in stored if (s.flow, s.version) not in own]
    kept = [flow for s in others if s.compiled and (flow := unpacked(s.compiled)) is not None]
    retired = {(s.flow, s.version): Retired(cast("Policy", s.policy), s.until) for s in others if s.policy}
    return with_kept(now, kept, retired)
