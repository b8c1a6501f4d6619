"""PZ7xx: config.yaml."""

from presszero.diagnostics import Rule

RULES = {
    "PZ701": Rule(
        "error",
        'A secret stands in the file, in "{key}".',
        "Секрет записан прямо в файле, в «{key}».",
        "Write env.NAME, put the value into the environment variable NAME, and change the secret: it has been seen.",
        "Напишите env.NAME, значение положите в переменную окружения NAME, а сам секрет смените: его уже видели.",
    ),
    "PZ702": Rule(
        "warning",
        "The environment variable {name} is not set.",
        "Переменная окружения {name} не задана.",
        "check goes on without it; run does not start.",
        "check обойдётся без неё, run не запустится.",
    ),
    "PZ703": Rule(
        "error",
        '"{text}" does not name a variable.',
        "«{text}» — не имя переменной.",
        "Capital Latin letters, digits and _: env.BILLING_TOKEN.",
        "Заглавные латинские буквы, цифры и _: env.BILLING_TOKEN.",
    ),
    "PZ704": Rule(
        "error",
        '"{text}" is not a web address.',
        "«{text}» — не веб-адрес.",
        "It begins with https:// or http://, without a name and password inside.",
        "Он начинается с https:// или http://, без имени и пароля внутри.",
    ),
    "PZ705": Rule(
        "error",
        '"{text}" is not a path of the service.',
        "«{text}» — не путь сервиса.",
        'It begins with "/" and has no "?": parameters stand in takes.',
        "Он начинается с «/» и без «?»: параметры пишутся в takes.",
    ),
    "PZ706": Rule(
        "error",
        "A call needs either get or post.",
        "Вызову нужно что-то одно: get или post.",
        "Write get: /path to ask, post: /path to change something.",
        "get: /путь — спросить, post: /путь — что-то изменить.",
    ),
    "PZ707": Rule(
        "error",
        "A call may wait from 0.1 to 30 seconds, not {text}.",
        "Вызов может ждать от 0,1 до 30 секунд, а не {text}.",
        "A customer is waiting meanwhile.",
        "Всё это время ждёт клиент.",
    ),
    "PZ708": Rule(
        "error",
        'The call "{call}" changes something and would be repeated.',
        "Вызов «{call}» что-то меняет, а повтор сделает это дважды.",
        "Take retry out, or write idempotent: yes if the service honours the Idempotency-Key header.",
        "Уберите retry или напишите idempotent: yes, если сервис понимает заголовок Idempotency-Key.",
    ),
    "PZ709": Rule(
        "error",
        'The severity of "{name}" cannot be changed.',
        "Важность «{name}» изменить нельзя.",
        "Only rules about logic, PZ3xx, can.",
        "Можно только у правил логики, PZ3xx.",
    ),
    "PZ710": Rule(
        "error", 'The path needs "{name}", which is not in takes.', "Пути нужно «{name}», а в takes этого нет."
    ),
    "PZ711": Rule("error", '"{text}" is not a colour.', "«{text}» — не цвет.", 'Write "#0b6a6e".', "Пишите «#0b6a6e»."),
    "PZ712": Rule(
        "error",
        '"{text}" is not the origin of a site.',
        "«{text}» — не адрес сайта.",
        'Write "https://example.com" without a path, or "*" for any site.',
        "Пишите «https://example.com» без пути или «*» для любого сайта.",
    ),
    "PZ713": Rule("error", 'The language "{text}" stands twice.', "Язык «{text}» стоит дважды."),
    "PZ714": Rule(
        "error",
        "offer is above act: nothing would ever be offered.",
        "offer выше, чем act: варианты никогда не предложат.",
        "act is the higher one.",
        "act должен быть выше.",
    ),
    "PZ715": Rule(
        "error",
        '"{text}" is not a name of a bot.',
        "«{text}» — не имя бота.",
        "Small Latin letters, digits, - and _: shop.",
        "Строчные латинские буквы, цифры, - и _: shop.",
    ),
    "PZ716": Rule(
        "error",
        'Two bots have the same name "{name}".',
        "Два бота названы одинаково: «{name}».",
        "A name tells the bots' conversations apart.",
        "По имени различаются разговоры ботов.",
    ),
    "PZ717": Rule(
        "error",
        '"{text}" is not the number of a group.',
        "«{text}» — не номер группы.",
        "It begins with -100, as `presszero doctor` and the log show it: -1001234567890.",
        "Он начинается с -100, его показывают `presszero doctor` и журнал: -1001234567890.",
    ),
    "PZ718": Rule(
        "error",
        'The forum desk needs a bot: channels.telegram has none "{name}".',
        "Форуму операторов нужен бот: в channels.telegram нет «{name}».",
        "Turn on channels.telegram, and name one of its bots if there are several.",
        "Включите channels.telegram и назовите один из его ботов, если их несколько.",
    ),
    "PZ719": Rule(
        "error",
        "Group {text} is not in groups.",
        "Группы {text} нет в groups.",
        "List it there too.",
        "Впишите её и туда.",
    ),
}
