"""PZ1xx: the form of any YAML file."""

from presszero.diagnostics import Rule

RULES = {
    "PZ101": Rule("error", "This is not YAML: {what}", "Это не YAML: {what}"),
    "PZ102": Rule("error", 'The key "{key}" stands twice.', "Ключ «{key}» стоит дважды."),
    "PZ108": Rule("error", "Nested deeper than {limit} levels.", "Вложенность больше {limit} уровней."),
}
