"""`presszero nlu import`: phrases of nlp.js, Dialogflow or a table, as files of `nlu/`. Says what it would do before it does it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from presszero.cli.tongue import tongue
from presszero.errors import ConfigError, ContentError
from presszero.folders import desk_folder
from presszero.nlu.importing import Proposed, propose

SHOWN = 20


def run(arguments: Namespace) -> int:
    """Writes the files that are new; one that is there with another text needs ``--yes``. 1 when nothing was read."""
    from presszero import config

    root, lang, source = desk_folder(arguments.dir), tongue(arguments), Path(arguments.source)
    settings, findings = config.load(root, os.environ)
    if settings is None:
        raise ContentError([f for f in findings if f.severity == "error"])
    if not source.exists():
        raise ConfigError(f"There is no {source}.")
    made, lost = propose(source, settings.languages, arguments.language)
    for one in lost[:SHOWN]:
        print(f"{one.where}: {one.ru if lang == 'ru' else one.en}", file=sys.stderr)
    if len(lost) > SHOWN:
        print(f"… {len(lost) - SHOWN}", file=sys.stderr)
    for each in made:
        print(_told(root, each, arguments, lang))
    if not made:
        print(_say("Ни одной фразы не прочитано.", "Not one phrase was read.", lang))
        return 1
    if arguments.dry_run:
        print(_say("Ничего не записано: это проба.", "Nothing is written: this was a dry run.", lang))
    else:
        print(_say("Дальше: presszero nlu check", "Next: presszero nlu check", lang))
    return 0


def _told(root: Path, each: Proposed, arguments: Namespace, lang: str) -> str:
    """Writes a file, unless it may not be; a line of what was done."""
    path = root / each.name
    counts = _say(
        f"фраз {each.phrases}, намерений {each.intents}", f"{each.phrases} phrases, {each.intents} intents", lang
    )
    if path.is_symlink() or not path.resolve().is_relative_to(root.resolve()):
        raise ConfigError(f"{each.name} leads outside the desk.")
    if path.exists() and path.read_bytes() == each.text.encode():
        return f"= {each.name}: {counts}"
    if path.exists() and not arguments.yes:
        kept = _say("уже есть с другим текстом; заменить: --yes", "is there with another text; --yes replaces it", lang)
        return f"≠ {each.name} {kept}"
    if not arguments.dry_run:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.text.encode())
    return f"+ {each.name}: {counts}"


def _say(ru: str, en: str, lang: str) -> str:
    return ru if lang == "ru" else en
