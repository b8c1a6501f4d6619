"""PZ18x: keys and values of any settings file (`handoff/*.yaml`, `config.yaml`)."""

from presszero.diagnostics import Rule

RULES = {
    "PZ180": Rule(
        "error",
        "The file is not there.",
        "Файла нет.",
        "The desk cannot run without it.",
        "Без него бот не запустится.",
    ),
    "PZ181": Rule("error", 'There is no key "{name}" here.', "Здесь нет ключа «{name}»."),
    "PZ182": Rule("error", 'The key "{key}" is missing.', "Не хватает ключа «{key}»."),
    "PZ183": Rule("error", "Here should stand {wanted_en}.", "Здесь должно быть: {wanted_ru}."),
    "PZ184": Rule("error", 'There is no "{name}" to choose here.', "Здесь нельзя выбрать «{name}»."),
    "PZ185": Rule(
        "error",
        '"{text}" is not a number from {low} to {high}.',
        "«{text}» — не число от {low} до {high}.",
    ),
    "PZ186": Rule(
        "error",
        '"{text}" is not a duration.',
        "«{text}» — не длительность.",
        "Write 30s, 5m, 8h, 2d or 1h30m.",
        "Пишите 30s, 5m, 8h, 2d или 1h30m.",
    ),
    "PZ187": Rule(
        "error",
        '"{text}" is neither yes nor no.',
        "«{text}» — не yes и не no.",
        "Write yes or no.",
        "Пишите yes или no.",
    ),
    "PZ188": Rule(
        "error",
        'The text "{key}" has no "{lang}".',
        "У текста «{key}» нет языка «{lang}».",
        "Every text needs all the languages of config.yaml.",
        "Каждому тексту нужны все языки из config.yaml.",
    ),
    "PZ189": Rule("error", 'There is no time zone "{name}".', "Нет часового пояса «{name}»."),
    "PZ190": Rule(
        "error",
        "This version knows format 1, not {text}.",
        "Эта версия понимает format 1, а не {text}.",
        "Write format: 1; if the file was made for a newer Press Zero, install that version.",
        "Напишите format: 1; если файл сделан для более новой версии Press Zero, поставьте её.",
    ),
}
