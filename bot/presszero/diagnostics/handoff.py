"""PZ6xx: queues, hours, deadlines, categories."""

from presszero.diagnostics import Rule

RULES = {
    "PZ601": Rule(
        "error",
        '"{text}" is not hours.',
        "«{text}» — не часы работы.",
        'Write "09:00-18:00", several with a comma, or closed. A night: "22:00-24:00", then "00:00-06:00" next day.',
        "Пишите «09:00-18:00», несколько — через запятую, или closed. Ночь — «22:00-24:00», назавтра «00:00-06:00».",
    ),
    "PZ602": Rule(
        "error",
        'The hours "{text}" overlap others of the same day.',
        "Часы «{text}» пересекаются с другими в тот же день.",
    ),
    "PZ604": Rule(
        "error",
        '"{text}" is not a date.',
        "«{text}» — не дата.",
        'Write year-month-day: "2026-12-31".',
        "Пишите год-месяц-день: «2026-12-31».",
    ),
    "PZ605": Rule(
        "error",
        '"{text}" is not a day of the week.',
        "«{text}» — не день недели.",
        "Write mon, sat or mon-fri.",
        "Пишите mon, sat или mon-fri.",
    ),
    "PZ606": Rule(
        "error", 'A day of "{text}" has its hours above already.', "Часы для одного из дней «{text}» уже заданы выше."
    ),
    "PZ607": Rule(
        "error",
        'The calendar "{calendar}" never opens.',
        "Календарь «{calendar}» никогда не открыт.",
        "A deadline in it would never come.",
        "Срок по нему никогда не наступит.",
    ),
    "PZ611": Rule("error", 'There is no calendar "{name}" in hours.yaml.', "В hours.yaml нет календаря «{name}»."),
    "PZ612": Rule("error", 'There is no queue "{name}" in queues.yaml.', "В queues.yaml нет очереди «{name}»."),
    "PZ613": Rule("error", 'There is no deadline rule "{name}" in sla.yaml.', "В sla.yaml нет срока «{name}»."),
    "PZ614": Rule(
        "error",
        'The category "{name}" has no deadline.',
        "У категории «{name}» нет срока.",
        "Add sla: with a name from sla.yaml.",
        "Добавьте sla: с именем из sla.yaml.",
    ),
    "PZ615": Rule(
        "error",
        "Nothing in {file} is the default.",
        "В {file} ничего не выбрано по умолчанию.",
        "Put default: yes into one entry: it takes what nothing else fits.",
        "Напишите default: yes в одной записи: туда попадёт всё, чему не нашлось места.",
    ),
    "PZ616": Rule(
        "error", "A second default in {file}.", "В {file} второе значение по умолчанию.", "Keep one.", "Оставьте одно."
    ),
    "PZ617": Rule(
        "error",
        "It should be resolved before it is answered.",
        "Решить нужно раньше, чем ответить.",
        "resolve is the longer one.",
        "resolve не бывает короче reply.",
    ),
    "PZ618": Rule(
        "error",
        '"{text}" counts in days.',
        "«{text}» считает в днях.",
        "Write open hours: 16h. A day could mean 24 hours or one working day.",
        "Пишите рабочие часы: 16h. День — это и сутки, и смена.",
    ),
    "PZ619": Rule(
        "error",
        'No category is in the group "{name}".',
        "Ни одной категории в группе «{name}».",
        "A category is in the group that stands before its slash: network/no_link is in network.",
        "Категория входит в группу, которая стоит перед косой чертой: network/no_link — в network.",
    ),
}
