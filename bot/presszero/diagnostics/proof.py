"""PZ34x: what `check --prove` finds: conversations that lose a customer."""

from presszero.diagnostics import Rule

RULES = {
    "PZ341": Rule(
        "error",
        'After "{exit}" at the step "{id}" a customer can be left with neither a person nor a ticket.',
        "После «{exit}» на шаге «{id}» клиент может остаться и без человека, и без заявки.",
        "Lead this exit to an operator, to a ticket, or to another question.",
        "Ведите этот выход к оператору, к заявке или к другому вопросу.",
    ),
    "PZ342": Rule(
        "error",
        "A customer can go round for ever here: {steps}.",
        "Здесь клиент может ходить по кругу без конца: {steps}.",
        "Count the jump back: {{step: id, max: 2, then: person}}.",
        "Считайте прыжок назад: {{step: id, max: 2, then: person}}.",
    ),
}
