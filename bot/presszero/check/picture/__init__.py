"""Pictures of flows: a drawing of steps and exits, laid out, as SVG, Mermaid, DOT or text. It decides nothing about a flow."""

from presszero.check.picture.drawing import Drawing, draw
from presszero.check.picture.layout import lay
from presszero.check.picture.page import picture
from presszero.check.picture.plain import dot, mermaid, text
from presszero.check.picture.svg import svg

__all__ = ["Drawing", "dot", "draw", "lay", "mermaid", "picture", "svg", "text"]
