"""A macro's name hides no variable of a page: whatever has a macro's name in a template is called."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, nodes

import presszero.console

TEMPLATES = Path(presszero.console.__file__).parent / "templates"


def parsed() -> dict[str, nodes.Template]:
    reading = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    return {path.name: reading.parse(path.read_text()) for path in TEMPLATES.glob("*.html")}


def macros(name: str, every: dict[str, nodes.Template]) -> set[str]:
    """The macros that a template has of its own, by import, and by whatever it extends."""
    tree = every[name]
    own = {macro.name for macro in tree.find_all(nodes.Macro)}
    for line in tree.find_all(nodes.FromImport):
        own |= {one if isinstance(one, str) else one[1] for one in line.names}
    for above in tree.find_all(nodes.Extends):
        assert isinstance(above.template, nodes.Const)
        own |= macros(above.template.value, every)
    return own


def test_a_macro_is_always_called() -> None:
    every, seen, shown = parsed(), 0, []
    for name, tree in every.items():
        own = macros(name, every)
        called = {id(call.node) for call in tree.find_all(nodes.Call)}
        arguments = {id(one) for macro in tree.find_all(nodes.Macro) for one in macro.args}
        named = [one for one in tree.find_all(nodes.Name) if one.name in own and id(one) not in arguments]
        shown += [f"{name}:{one.lineno} {one.name}" for one in named if id(one) not in called]
        seen += len(named)
    assert not shown
    assert seen > 100, "the templates were read"
