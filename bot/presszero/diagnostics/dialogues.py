"""PZ8xx: dialogue tests."""

from presszero.diagnostics import Rule

RULES = {
    "PZ801": Rule(
        "error",
        'There is no such line in a test: "{key}".',
        "Такой строки в тесте не бывает: «{key}».",
        "Lines are: {known}.",
        "Строки бывают такие: {known}.",
    ),
    "PZ802": Rule("error", "A test needs a name and a talk.", "Тесту нужны name и talk."),
    "PZ803": Rule("error", "{what}", "{what_ru}", "{got}", "{got_ru}"),
    "PZ804": Rule(
        "error",
        'A moment is written "2026-11-24 03:00", a time "10m"; this is "{text}".',
        "Момент пишется «2026-11-24 03:00», время «10m»; здесь «{text}».",
    ),
    "PZ806": Rule(
        "error",
        'The desk has no {what} "{name}".',
        "Здесь нет {what_ru} «{name}».",
    ),
    "PZ805": Rule("error", "A dialogue test file holds `tests:`, a list.", "В файле тестов нужен список `tests:`."),
    "PZ807": Rule("error", "`{key}` takes {en}.", "`{key}`: здесь нужно {ru}."),
    "PZ808": Rule(
        "error",
        "One line does one thing: `{first}` and `{key}` are two.",
        "В строке одно действие: `{first}` и `{key}` пишутся отдельно.",
        "Begin a line of its own with a dash.",
        "Начните с дефиса отдельную строку.",
    ),
    "PZ809": Rule(
        "error",
        "On the phone there is no `{key}`: a customer has keys and a voice.",
        "В телефоне нет `{key}`: у клиента есть клавиши и голос.",
        "Use digits or user.",
        "Подойдут digits или user.",
    ),
    "PZ810": Rule(
        "error",
        'Every row of a table has the same columns, and the talk uses only those: "{name}".',
        "У строк таблицы одни и те же столбцы, и разговор использует только их: «{name}».",
    ),
}
