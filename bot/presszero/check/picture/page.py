"""A flow's picture as a part of a page."""

from __future__ import annotations

from presszero.check.picture.drawing import Numbers, draw
from presszero.check.picture.layout import lay
from presszero.check.picture.svg import svg
from presszero.dialogue.flow import FlowSet


def picture(flows: FlowSet, name: str, lang: str, numbers: Numbers | None = None) -> str:
    """The SVG, styled by the page and linked to its rows ``#step-…``."""
    return svg(lay(draw(flows, name, lang, numbers)), alone=False)
