"""Writes docs/codes.md and a page for each code, docs/{en,ru}/checks/, from the rules and docs/checks/: `python docs/codes.py`.

Never edit the pages by hand.
"""  # noqa: INP001

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from presszero.diagnostics import Rule, rules

HERE = Path(__file__).parent
PAGE = HERE / "codes.md"
HEAD = """\
# What `presszero check` says

Made by `python docs/codes.py`; do not edit. Each code has a page: why it is said, a wrong file, the same file put right.
A finding stands on one line: `file:line:column  CODE  sentence  what to do`. Errors refuse to run, warnings do not (they
give exit code 1 under `--strict`). `…` stands for the name, number or text of your file. A desk may turn errors of PZ3xx
into warnings and back, under `severity:` in `config.yaml`.

У каждого кода есть страница: почему так, неверный файл и он же исправленный. Замечание занимает одну строку:
`файл:строка:столбец  КОД  что не так  что сделать`. С ошибками бот не запускается, с предупреждениями запускается
(с `--strict` они дают код выхода 1). На месте `…` стоит имя, число или текст из вашего файла. Ошибки PZ3xx можно сделать
предупреждениями и наоборот: `severity:` в `config.yaml`.
"""
RANGES = {
    "PZ10": "Any YAML file · любой файл YAML",
    "PZ11": "Any YAML file · любой файл YAML",
    "PZ12": "Any YAML file · любой файл YAML",
    "PZ13": "Any YAML file · любой файл YAML",
    "PZ18": "Keys and values · ключи и значения",
    "PZ19": "Keys and values · ключи и значения",
    "PZ2": "Flows: form · сценарии: форма",
    "PZ3": "Flows: logic · сценарии: логика",
    "PZ4": "Phrases (nlu/) · фразы",
    "PZ5": "Articles (kb/) · статьи",
    "PZ6": "Queues, hours, deadlines (handoff/) · очереди, часы, сроки",
    "PZ7": "config.yaml",
    "PZ8": "Dialogue tests (tests/dialogues/) · тесты диалогов",
    "PZ9": "Publishing · публикация",
}
WORDS = {
    "en": {
        "error": "error: refuses to run",
        "warning": "warning",
        "info": "a note",
        "change": "`severity:` in `config.yaml` may change that",
        "wrong": "Wrong",
        "right": "Right",
        "steps": "Steps of a flow:",
        "before": "Published before:",
        "all": "All codes",
    },
    "ru": {
        "error": "ошибка: бот не запустится",
        "warning": "предупреждение",
        "info": "заметка",
        "change": "изменить это можно в `config.yaml`, раздел `severity:`",
        "wrong": "Неверно",
        "right": "Верно",
        "steps": "Шаги сценария:",
        "before": "Опубликовано раньше:",
        "all": "Все коды",
    },
}
KINDS = {"md": "markdown", "yml": "yaml", "jsonl": "json"}


class _Dots(dict[str, str]):
    """Prints every value of a sentence as dots."""

    def __missing__(self, key: str) -> str:
        return "…"


def page() -> str:
    """The whole page."""
    parts = [HEAD.rstrip()]
    for title in dict.fromkeys(RANGES.values()):
        parts += [f"\n## {title}\n", "| code | | English | по-русски |", "|---|---|---|---|"]
        parts += [_row(code, rule) for code, rule in rules().items() if _title(code) == title]
    return "\n".join(parts) + "\n"


def _title(code: str) -> str:
    return next(title for start, title in RANGES.items() if code.startswith(start))


def _row(code: str, rule: Rule) -> str:
    links = {lang: f"[…]({lang}/checks/{code}.md)" for lang in ("en", "ru")}
    return f"| {code} | {rule.severity} | {_cell(rule, 'en')} {links['en']} | {_cell(rule, 'ru')} {links['ru']} |"


def _cell(rule: Rule, lang: str) -> str:
    sentence, hint = (rule.ru, rule.hint_ru) if lang == "ru" else (rule.en, rule.hint_en)
    said = f"{sentence} *{hint}*" if hint else sentence
    return said.format_map(_Dots()).replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")


def examples() -> ModuleType:
    """The module beside this one; the folder is no package."""
    if "examples" not in sys.modules:
        spec = importlib.util.spec_from_file_location("examples", HERE / "examples.py")
        if spec is None or spec.loader is None:
            raise ImportError("examples.py")
        sys.modules["examples"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["examples"])
    return sys.modules["examples"]


def pages(lang: str) -> dict[str, str]:
    """The page of each code by its file's name."""
    found = examples().examples()
    return {f"{code}.md": _page(code, rule, found[code], lang) for code, rule in rules().items() if code in found}


def _page(code: str, rule: Rule, one: Any, lang: str) -> str:
    words = WORDS[lang]
    sentence, hint = (rule.ru, rule.hint_ru) if lang == "ru" else (rule.en, rule.hint_en)
    about = words[rule.severity] + (f" ({words['change']})" if code.startswith("PZ3") else "")
    shown = sentence.format_map(_Dots()) if sentence != "{what}" else WORDS[lang]["wrong"]
    parts = [
        f"# {code}",
        f"*{about}*",
        f"**{_plain(shown)}** {_plain(hint.format_map(_Dots()))}".strip(),
        one.why[lang],
    ]
    if one.before:
        parts += [words["before"], _block(one, one.before)]
    parts += [f"## {words['wrong']}", _where(lang, one.kind), _block(one, one.bad)]
    parts += [f"## {words['right']}", _where(lang, one.good_kind or one.kind), _block(one, one.good)]
    return "\n\n".join((*parts, f"[{words['all']}](../../codes.md)")) + "\n"


def _plain(text: str) -> str:
    return text.replace("<", "&lt;").replace("[", "\\[").replace("*", "\\*")


def _where(lang: str, kind: str) -> str:
    return WORDS[lang]["steps"] if kind == "steps" else f"`{kind}`:"


def _block(one: Any, text: str) -> str:
    kind = "yaml" if one.kind == "steps" else one.kind.rpartition(".")[2]
    fence = "````" if "```" in text else "```"
    return f"{fence}{KINDS.get(kind, kind)}\n{text.rstrip()}\n{fence}"


def write() -> None:
    """Writes all of it; a page whose code is gone is removed."""
    PAGE.write_text(page(), encoding="utf-8")
    for lang in WORDS:
        folder = HERE / lang / "checks"
        folder.mkdir(exist_ok=True)
        made = pages(lang)
        for old in folder.glob("*.md"):
            if old.name not in made:
                old.unlink()
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
