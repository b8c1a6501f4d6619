"""A laid out drawing as SVG. Looks come from a stylesheet: its own block alone in a file, the page's inside a page (strict CSP)."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from presszero.check.picture.layout import LABEL_ROW, PAD, ROW, Drawn, Layout, Placed

_LIGHT = (
    "--g-bg:#fff;--g-text:#1d1c1a;--g-soft:#53504a;--g-line:#8b867c;--g-box:#fff;--g-edge:#8b867c;--g-question:#dff0ef;"
    "--g-person:#fdebc8;--g-outside:#ece8fb;--g-quiet:#f0eeea"
)
_DARK = (
    "--g-bg:#131312;--g-text:#edebe6;--g-soft:#bbb7ae;--g-line:#7f7b72;--g-box:#1b1b19;--g-edge:#7f7b72;--g-question:#163634;"
    "--g-person:#3a2a0c;--g-outside:#2a2547;--g-quiet:#232320"
)
_STYLE = (
    f".flow{{{_LIGHT};background:var(--g-bg);font-family:system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif}}"
    f"@media(prefers-color-scheme:dark){{.flow{{{_DARK}}}}}"
    ".flow .box{fill:var(--g-box);stroke:var(--g-edge)}.flow .question .box{fill:var(--g-question)}"
    ".flow .person .box{fill:var(--g-person)}.flow .outside .box{fill:var(--g-outside)}"
    ".flow .flow-box .box,.flow .end .box{fill:var(--g-quiet)}.flow .flow-box .box{stroke-dasharray:4 3}"
    ".flow .first .box{stroke-width:2.5}.flow text{fill:var(--g-text);font-size:12px}.flow .id{font-size:13px;font-weight:600}"
    ".flow .word,.flow .numbers{fill:var(--g-soft);font-size:11.5px}.flow .label{fill:var(--g-soft);font-size:11.5px}"
    ".flow .way{fill:none;stroke:var(--g-line);stroke-width:1.3}.flow .tip{fill:var(--g-line)}"
    ".flow .leader{stroke-dasharray:2 3}.flow .paper{fill:var(--g-bg)}"
)


def svg(layout: Layout, *, alone: bool = True) -> str:
    """The picture; ``alone`` = a file of its own, else a part of a page, each step a link to ``#step-…``."""
    return "\n".join(_parts(layout, alone=alone)) + "\n"


def _parts(layout: Layout, *, alone: bool) -> Iterator[str]:
    w, h = round(layout.width), round(layout.height)
    drawing = layout.drawing
    size = f'viewBox="0 0 {w} {h}" width="{w}" height="{h}"'
    title = escape(drawing.title)
    if alone:
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="flow" {size} lang="{drawing.lang}" role="img" '
            f'aria-label="{title}"><title>{title}</title><style>{_STYLE}</style>'
        )
    else:
        yield f'<svg class="flow" {size} role="group" aria-label="{title}">'
    yield (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse" '
        'markerUnits="userSpaceOnUse"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>'
    )
    yield from (line for way in layout.ways for line in _way(way))
    yield from (_box(box, first=box.box.id == drawing.first, alone=alone) for box in layout.boxes)
    yield from (line for way in layout.ways for line in _label(way))
    yield "</svg>"


def _way(way: Drawn) -> Iterator[str]:
    if way.leader:
        (x1, y1), (x2, y2) = way.leader
        yield f'<path class="way leader" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'
    points = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in way.points)
    yield f'<path class="way" marker-end="url(#tip)" d="{points}"/>'


def _label(way: Drawn) -> Iterator[str]:
    if way.label is None:
        return
    r = way.label
    yield f'<rect class="paper" x="{r.x:.1f}" y="{r.y:.1f}" width="{r.w:.1f}" height="{r.h:.1f}" rx="2"/>'
    for number, line in enumerate(way.labels):
        y = r.y + 2 + LABEL_ROW * (number + 0.78)
        yield f'<text class="label" text-anchor="middle" x="{r.x + r.w / 2:.1f}" y="{y:.1f}">{escape(line)}</text>'


def _box(placed: Placed, *, first: bool, alone: bool) -> str:
    box, r = placed.box, placed.rect
    kind = "flow-box" if box.kind == "flow" else box.kind
    round_ = r.h / 2 if box.kind in {"end", "flow"} else 8
    parts = [
        f'<rect class="box" x="{r.x:.1f}" y="{r.y:.1f}" width="{r.w:.1f}" height="{r.h:.1f}" rx="{round_:.1f}"/>',
        *_texts(placed),
    ]
    body = "".join(parts)
    marks = f"{kind} first" if first else kind
    if not alone and box.kind not in {"end", "flow"}:
        body = f'<a href="#step-{escape(box.id)}">{body}</a>'
    elif not alone and box.kind == "flow":
        body = f'<a href="/console/flows/{escape(box.text)}">{body}</a>'
    return f'<g class="{marks}">{body}</g>'


def _texts(placed: Placed) -> Iterator[str]:
    box, r = placed.box, placed.rect
    if box.kind in {"end", "flow"}:
        for number, line in enumerate(placed.lines):
            y = r.y + PAD / 2 + ROW * (number + 0.75)
            yield f'<text text-anchor="middle" x="{r.x + r.w / 2:.1f}" y="{y:.1f}">{escape(line)}</text>'
        return
    y = r.y + PAD / 2 + 2 + ROW * 0.75
    yield f'<text class="id" x="{r.x + PAD:.1f}" y="{y:.1f}">{escape(box.title)}</text>'
    yield f'<text class="word" text-anchor="end" x="{r.x + r.w - PAD:.1f}" y="{y:.1f}">{escape(box.word)}</text>'
    for number, line in enumerate(placed.lines, 1):
        yield f'<text x="{r.x + PAD:.1f}" y="{y + number * ROW:.1f}">{escape(line)}</text>'
    if placed.numbers:
        below = y + (len(placed.lines) + 1) * ROW
        yield f'<text class="numbers" x="{r.x + PAD:.1f}" y="{below:.1f}">{escape(placed.numbers)}</text>'
