"""Writes docs/codes.md from the rules that `presszero check` speaks by: `python docs/codes.py`. Never edit the page by hand."""  # noqa: INP001

from __future__ import annotations

from pathlib import Path

from presszero.diagnostics import Rule, rules

PAGE = Path(__file__).with_name("codes.md")
HEAD = """\
# What `presszero check` says

Made by `python docs/codes.py`; do not edit. Every finding stands on one line:
`file:line:column  CODE  sentence  what to do`. Errors refuse to run, warnings do not (they give exit code 1 under
`--strict`). `…` stands for the name, number or text of your file. A desk may turn errors of PZ3xx into warnings and back,
under `severity:` in `config.yaml`.

Каждое замечание занимает одну строку: `файл:строка:столбец  КОД  что не так  что сделать`. С ошибками бот не
запускается, с предупреждениями запускается (с `--strict` они дают код выхода 1). На месте `…` стоит имя, число или
текст из вашего файла. Ошибки PZ3xx можно сделать предупреждениями и наоборот: `severity:` в `config.yaml`.
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
}


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
    return f"| {code} | {rule.severity} | {_cell(rule, 'en')} | {_cell(rule, 'ru')} |"


def _cell(rule: Rule, lang: str) -> str:
    sentence, hint = (rule.ru, rule.hint_ru) if lang == "ru" else (rule.en, rule.hint_en)
    said = f"{sentence} *{hint}*" if hint else sentence
    return said.format_map(_Dots()).replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
