"""A drawing as Mermaid, as DOT, and as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from presszero.check.picture.drawing import Box, Drawing
from presszero.check.picture.letters import wrap
from presszero.check.picture.numbers import line_of

_SHAPES = {
    "question": ("{{", "}}"), "person": ("[/", "/]"), "outside": ("[[", "]]"), "choice": ("{", "}"),
    "flow": ("([", "])"), "end": ("((", "))"),
}  # fmt: skip


def mermaid(drawing: Drawing) -> str:
    """As Mermaid."""
    names = {box.id: f"n{number}" for number, box in enumerate(drawing.boxes)}
    lines = ["flowchart TD"]
    for box in drawing.boxes:
        left, right = _SHAPES.get(box.kind, ("[", "]"))
        lines.append(f'  {names[box.id]}{left}"{_mermaid(_caption(box, "<br>"))}"{right}')
    for way in drawing.ways:
        label = _mermaid("<br>".join(way.labels))
        arrow = f'-->|"{label}"|' if label else "-->"
        lines.append(f"  {names[way.source]} {arrow} {names[way.target]}")
    return "\n".join(lines) + "\n"


def _mermaid(text: str) -> str:
    return text.replace("#", "#35;").replace('"', "#quot;").replace("\n", " ")


def dot(drawing: Drawing) -> str:
    """As DOT."""
    lines = [f"digraph {_quoted(drawing.flow)} {{", '  node [shape=box, style="rounded", fontname="sans-serif"];']
    for box in drawing.boxes:
        shape = ", shape=oval" if box.kind in {"end", "flow"} else ""
        lines.append(f"  {_quoted(box.id)} [label={_quoted(_caption(box, chr(10)))}{shape}];")
    for way in drawing.ways:
        label = f" [label={_quoted(chr(10).join(way.labels))}]" if way.labels else ""
        lines.append(f"  {_quoted(way.source)} -> {_quoted(way.target)}{label};")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _caption(box: Box, new_line: str) -> str:
    if box.kind in {"end", "flow"}:
        return box.title
    text = wrap(box.text, 240, 2)
    return new_line.join([f"{box.title} ({box.word})", *text])


def text(drawing: Drawing) -> str:
    """For a terminal: steps in the file's order, their exits below them."""
    return "\n".join(_lines(drawing)) + "\n"


def _lines(drawing: Drawing) -> Iterator[str]:
    boxes = {box.id: box for box in drawing.boxes}
    order = [box.id for box in drawing.boxes]
    yield f"{drawing.flow}  «{drawing.title}»"
    for number, box in enumerate(drawing.boxes):
        if box.kind in {"end", "flow"}:
            continue
        shown = f"  {' '.join(box.text.split())[:70]}" if box.text else ""
        yield f"{'●' if box.id == drawing.first else '○'} {box.title}  {box.word}{shown}"
        if box.passage:
            yield f"│   {line_of(box.passage, drawing.lang)}"
        ways = [way for way in drawing.ways if way.source == box.id]
        below = order[number + 1] if number + 1 < len(order) else ""
        for way in ways:
            if way.target == below and not way.labels:
                yield "↓"
                continue
            target = boxes[way.target]
            to = f"→ {target.title}" if target.kind == "flow" else target.title
            yield f"│   {', '.join(way.labels) or ' '} ⟶  {to}".replace("│     ⟶", "│   ⟶")
