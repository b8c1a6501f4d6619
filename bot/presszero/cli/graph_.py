"""`presszero graph`: a flow as a picture (SVG), Mermaid, DOT, or text."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Collection
from pathlib import Path

from presszero import desk
from presszero.cli.tongue import tongue
from presszero.dialogue.flow import FlowSet
from presszero.errors import ConfigError, ContentError
from presszero.folders import desk_folder
from presszero.source.fields import meant


def run(arguments: Namespace) -> int:
    """Draws one flow to standard output, or all of them into a folder."""
    if not arguments.flow and not Path(arguments.dir).exists():  # `presszero graph FLOW` in the desk's own folder
        arguments.dir, arguments.flow = ".", arguments.dir
    root, lang = desk_folder(arguments.dir), tongue(arguments)
    found = desk.read(root, os.environ)
    if found.errors:
        raise ContentError(found.errors)
    flows = found.flows.flows or found.flows.draft
    if arguments.out:
        return _all(arguments, flows, lang)
    if not arguments.flow:
        raise ConfigError(f"Which flow? There are: {', '.join(sorted(flows.flows))}. Or all of them: --out FOLDER.")
    print(_drawn(arguments, flows, arguments.flow, lang), end="")
    return 0


def _drawn(arguments: Namespace, flows: FlowSet, name: str, lang: str) -> str:
    from presszero.check import picture

    flow = flows.flows.get(name)
    if flow is None:
        raise ConfigError(f'There is no flow "{name}". {_near(name, flows.flows)}')
    if arguments.around and arguments.around not in flow.steps:
        near = _near(arguments.around, flow.steps)
        raise ConfigError(f'There is no step "{arguments.around}" in {name}. {near}')
    shown = lang if lang in flows.common.languages else flows.common.languages[0]
    drawing = picture.draw(flows, name, shown, None, arguments.around, max(1, arguments.depth))
    match arguments.format:
        case "mermaid":
            return picture.mermaid(drawing)
        case "dot":
            return picture.dot(drawing)
        case "text":
            return picture.text(drawing)
        case _:
            return picture.svg(picture.lay(drawing))


def _near(name: str, among: Collection[str]) -> str:
    """The likeliest name, or what there is, and how many more."""
    hint = meant(name, among).get("hint_en", "")
    rest = len(among) - hint.count(",") - 1
    return f"{hint.rstrip('.')} and {rest} more." if hint.startswith("There are") and rest > 0 else hint


def _all(arguments: Namespace, flows: FlowSet, lang: str) -> int:
    names = [arguments.flow] if arguments.flow else sorted(flows.flows)
    folder = Path(arguments.out)
    folder.mkdir(parents=True, exist_ok=True)
    end = {"mermaid": "mmd", "text": "txt"}.get(arguments.format, arguments.format)
    for name in names:
        (folder / f"{name}.{end}").write_text(_drawn(arguments, flows, name, lang), encoding="utf-8")
    print(f"{folder}: файлов {len(names)}" if lang == "ru" else f"{folder}: {len(names)} file{'s' * (len(names) != 1)}")
    return 0
