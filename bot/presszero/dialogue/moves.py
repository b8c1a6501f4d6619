"""Moving between steps and flows: jumps, counted jumps, starting, ending, coming back."""

from __future__ import annotations

from typing import Any, Literal

from msgspec.structs import replace

from presszero.dialogue.flow import Ask, End, Flow, Kb, Menu, Target, ToFlow, ToStep
from presszero.dialogue.scene import Scene
from presszero.dialogue.state import Frame
from presszero.dialogue.versions import bring

MOST_DIGRESSIONS = 3
MOST_FRAMES = 8


def go(scene: Scene, target: Target | None, way: str = "next") -> None:
    """Leaves the step that stands by the exit of this name; no target ends the flow like ``end``."""
    scene.left(way)
    _follow(scene, target)


def _follow(scene: Scene, target: Target | None) -> None:
    match target:
        case ToStep():
            _to_step(scene, target)
        case ToFlow(flow):
            replace_flow(scene, flow)
        case End() | None:
            end_flow(scene)


def _to_step(scene: Scene, target: ToStep) -> None:
    top = scene.top
    if top is None:
        return
    passes = top.passes
    if target.max:
        jump = f"{top.step}>{target.step}"
        made = passes.get(jump, 0) + 1
        if made > target.max:
            _follow(scene, target.then)
            return
        passes = {**passes, jump: made}
    scene.change_top(step=target.step, passes=passes)
    scene.change(asking=False)
    scene.came()


def start_flow(
    scene: Scene,
    flow: Flow,
    why: Literal["start", "digress", "call"],
    values: dict[str, Any] | None = None,
    step: str = "",
) -> None:
    """Puts a flow on the stack, at its first step or at the one that is named."""
    frame = Frame(flow.name, flow.version, step or flow.first, why, values=values or {})
    scene.change(frames=(*scene.state.frames, frame), asking=False, offer=None)
    scene.count(f"started:{flow.name}")
    scene.came()


def digress(scene: Scene, flow: Flow, values: dict[str, Any] | None = None, step: str = "") -> None:
    """Starts another flow above the one under way; a flow already on the stack is resumed, not started again."""
    names = [f.flow for f in scene.state.frames]
    if flow.name in names:
        while scene.top and scene.top.flow != flow.name:
            scene.change(frames=scene.state.frames[:-1])
        resume(scene)
        return
    leave_articles(scene)
    if names == [scene.flows.common.home]:
        # The menu that greets has done its work as soon as somebody says what they came for.
        scene.change(frames=())
        names = []
    while sum(f.why == "digress" for f in scene.state.frames) >= MOST_DIGRESSIONS or len(names) >= MOST_FRAMES:
        scene.change(frames=scene.state.frames[:-1])
        names.pop()
    start_flow(scene, flow, "digress" if scene.state.frames else "start", values, step)


def leave_articles(scene: Scene) -> None:
    """Who leaves while an article's "did it help?" is open has not been helped: coming back goes on below it."""
    verb = scene.verb
    if isinstance(verb, Kb) and isinstance(verb.next, ToStep):
        scene.change_top(step=verb.next.step)


def replace_flow(scene: Scene, name: str) -> None:
    """Another flow in place of the one under way."""
    flow = scene.flows.flow(name)
    top = scene.top
    if flow is None:
        end_flow(scene)
        return
    why = top.why if top else "start"
    queue = queue_here(scene)
    if top:
        scene.change(frames=scene.state.frames[:-1])
    # What the replaced flow learned goes along: a brief and the next questions need it.
    frame = Frame(flow.name, flow.version, flow.first, why, queue, dict(top.values) if top else {})
    scene.change(frames=(*scene.state.frames, frame), asking=False, offer=None)
    scene.count(f"started:{flow.name}")
    scene.came()


def queue_here(scene: Scene) -> str:
    """The queue of the nearest flow that names one, or that stands in for one that did."""
    for frame in reversed(scene.state.frames):
        flow = scene.flows.flow(frame.flow, frame.version)
        if (flow and flow.queue) or frame.queue:
            return (flow.queue if flow else "") or frame.queue
    return ""


def end_flow(scene: Scene) -> None:
    """The flow is over: a caller goes on, a digression comes back, the last one leaves the conversation idle."""
    top = scene.top
    if top is None:
        return
    scene.count(f"ended:{top.flow}")
    scene.change(frames=scene.state.frames[:-1], asking=False, offer=None)
    if scene.top is None or bring(scene):
        return
    below = scene.verb
    scene.change(since=scene.event.at)  # what went on above is no time of the step below
    if top.why == "call" and below is not None:
        go(scene, below.next)
    else:
        resume(scene)


def resume(scene: Scene) -> None:
    """Comes back to a flow that was left in the middle, with a short reminder when it had asked something."""
    if isinstance(scene.verb, Menu | Ask):
        scene.say_word("resumed")
    scene.change(asking=False, offer=None, since=scene.event.at)


def drop_to_top(scene: Scene) -> None:
    """Forgets the flows below the one that speaks."""
    top = scene.top
    if top:
        scene.change(frames=(replace(top, why="start"),))
