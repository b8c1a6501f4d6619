"""PZ4xx: phrases that teach understanding (nlu/)."""

from presszero.diagnostics import Rule

RULES = {
    "PZ401": Rule(
        "error",
        "A file of phrases is a map with a list under nlu.",
        "Файл фраз — это раздел nlu со списком внутри.",
        'Begin with "nlu:" and list "- intent: NAME" with "examples: |" below it.',
        "Начните с «nlu:», ниже — «- intent: ИМЯ» и «examples: |».",
    ),
    "PZ402": Rule(
        "warning",
        'The key "{key}" is not known here and is not read.',
        "Ключ «{key}» здесь не известен и не читается.",
        "Known: {known}.",
        "Известны: {known}.",
    ),
    "PZ403": Rule(
        "error",
        'The intent "{intent}" has no phrases.',
        "У намерения «{intent}» нет ни одной фразы.",
        "Add at least five phrases under examples, or remove the intent.",
        "Добавьте хотя бы пять фраз в examples или уберите намерение.",
    ),
    "PZ404": Rule(
        "warning",
        'The intent "{intent}" has only {count} phrases: it will seldom be recognised.',
        "У намерения «{intent}» всего {count} фраз: оно будет узнаваться редко.",
        "Give five or more in each language, as differently worded as people write.",
        "Дайте от пяти на каждом языке, разными словами, как пишут люди.",
    ),
    "PZ405": Rule(
        "error",
        'The phrase "{phrase}" stands for both "{intent}" and "{other}" ({place}).',
        "Фраза «{phrase}» учит и «{intent}», и «{other}» ({place}).",
        "Keep it where it belongs and remove it from the other.",
        "Оставьте её там, где она уместна, и уберите из другого места.",
    ),
    "PZ406": Rule(
        "warning",
        'The phrase "{phrase}" of "{intent}" has the same words as one of "{other}" ({place}).',
        "Фраза «{phrase}» намерения «{intent}» теми же словами сказана в «{other}» ({place}).",
        "Word forms do not tell intents apart: reword one of them.",
        "Формы слов намерений не различают: перефразируйте одну из двух.",
    ),
    "PZ407": Rule(
        "error",
        'The brackets do not close: "{phrase}".',
        "Скобки не закрыты: «{phrase}».",
        "Marks are [text]{{entity}}, [text](entity), [optional] and (one|other).",
        "Разметка: [текст]{{сущность}}, [текст](сущность), [необязательно] и (одно|другое).",
    ),
    "PZ408": Rule(
        "warning",
        'The brackets of "{phrase}" make more than {limit} phrases; the first {limit} are used.',
        "Скобки в «{phrase}» дают больше {limit} фраз; взяты первые {limit}.",
    ),
    "PZ409": Rule(
        "error",
        "A phrase of {length} characters: longer than {limit}.",
        "Фраза в {length} знаков: длиннее {limit}.",
        "A phrase is one sentence, as a person would write it.",
        "Фраза — это одно предложение, как его написал бы человек.",
    ),
    "PZ410": Rule(
        "error",
        "An entry of nlu is one of: intent, synonym, regex, lookup.",
        "Запись в nlu — это intent, synonym, regex или lookup.",
    ),
    "PZ411": Rule(
        "error",
        "Phrases are lines that begin with a dash, or a list.",
        "Фразы — это строки, начинающиеся с дефиса, или список.",
    ),
    "PZ412": Rule(
        "error",
        'A line that is not {{"text": …, "intent": …}}: {why}.',
        'Строка, которая не {{"text": …, "intent": …}}: {why_ru}.',
        "JSON lines: one object a line, both values in quotes.",
        "JSON lines: один объект в строке, оба значения в кавычках.",
    ),
    "PZ413": Rule(
        "warning",
        "There are {count} phrases; the model learns from {limit}, the first ones of every intent.",
        "Фраз {count}; модель учится на {limit}: на первых в каждом намерении.",
        "Some hundreds an intent are enough.",
        "Нескольких сотен на намерение достаточно.",
    ),
    "PZ415": Rule(
        "warning",
        'Phrases teach the category "{name}", which is not in handoff/categories.yaml.',
        "Фразы учат категории «{name}», а её нет в handoff/categories.yaml.",
        "No request is ever put there: correct the name, or add the category.",
        "Туда не попадёт ни одна заявка: исправьте имя или добавьте категорию.",
    ),
}
