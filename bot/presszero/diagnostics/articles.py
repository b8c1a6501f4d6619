"""PZ5xx: articles of the knowledge base."""

from presszero.diagnostics import Rule

RULES = {
    "PZ501": Rule(
        "error",
        "The article does not begin with a front matter between two lines of ---.",
        "Статья не начинается с полей между двумя строками ---.",
        "Begin with ---, then title: and questions:, then --- and the text.",
        "Начните с ---, затем title: и questions:, затем --- и текст.",
    ),
    "PZ502": Rule(
        "error", "The front matter must be a list of key: value.", "Поля статьи должны быть парами «ключ: значение»."
    ),
    "PZ503": Rule(
        "error",
        "The article has no title.",
        "У статьи нет заголовка.",
        "Add title: to the front matter.",
        "Добавьте title: в поля статьи.",
    ),
    "PZ504": Rule("error", '"{key}" must be {what}.', "«{key}»: здесь должно быть {what_ru}."),
    "PZ505": Rule(
        "warning",
        'The key "{key}" is not known and is not read.',
        "Ключ «{key}» неизвестен и не читается.",
        "Known keys: {known}.",
        "Известные ключи: {known}.",
    ),
    "PZ506": Rule(
        "error",
        '"{key}": "{value}" is not a date.',
        "«{key}»: «{value}» — не дата.",
        "Write the year, the month and the day: 2027-03-31.",
        "Напишите год, месяц и день: 2027-03-31.",
    ),
    "PZ507": Rule("error", "The article has no text.", "В статье нет текста."),
    "PZ508": Rule(
        "error",
        'The file name "{slug}" cannot be an address.',
        "Имя файла «{slug}» не может быть адресом.",
        "Use small Latin letters, digits and hyphens: pay-by-card.md.",
        "Используйте строчные латинские буквы, цифры и дефис: pay-by-card.md.",
    ),
    "PZ510": Rule(
        "error",
        'There are two articles "{slug}" in one language: the other is {other}.',
        "В одном языке две статьи «{slug}»: вторая — {other}.",
    ),
    "PZ511": Rule(
        "warning",
        'The article "{slug}" has no twin in "{lang}".',
        "У статьи «{slug}» нет пары на языке «{lang}».",
        "Add kb/{lang}/{slug}.md; until then its readers see this one.",
        "Добавьте kb/{lang}/{slug}.md; пока её нет, показывается эта.",
    ),
    "PZ512": Rule("error", 'related: there is no article "{slug}".', "related: статьи «{slug}» нет."),
    "PZ513": Rule(
        "error", 'The link leads to "{slug}": there is no such article.', "Ссылка ведёт на «{slug}»: такой статьи нет."
    ),
    "PZ514": Rule(
        "warning",
        "The article was to be reviewed by {date}.",
        "Статью надо было пересмотреть до {date}.",
        "Read it, mend it, move review_by on.",
        "Перечитайте, поправьте и передвиньте review_by.",
    ),
    "PZ515": Rule("error", "The article is larger than {limit} KiB.", "Статья больше {limit} КиБ."),
    "PZ516": Rule(
        "error",
        "The file is not UTF-8 text.",
        "Файл — не текст в UTF-8.",
        "Save it as UTF-8.",
        "Сохраните его в UTF-8.",
    ),
    "PZ517": Rule(
        "error",
        'A link may not begin with "{scheme}".',
        "Ссылка не может начинаться с «{scheme}».",
        "Allowed: https:, http:, mailto:, tel:, another article's name.",
        "Можно: https:, http:, mailto:, tel:, имя другой статьи.",
    ),
    "PZ518": Rule("error", "effective_to is before effective_from.", "effective_to раньше, чем effective_from."),
    "PZ519": Rule(
        "error",
        "The file is a link that leads outside the desk.",
        "Файл — ссылка, ведущая за пределы папки проекта.",
    ),
    "PZ520": Rule(
        "error",
        '{key}: readers are not told apart by "{name}".',
        "{key}: по «{name}» читателей не различают.",
        "They are by {known}.",
        "Различают по: {known}.",
    ),
    "PZ521": Rule(
        "error",
        "A line that cannot be read: {why}.",
        "Строка, которую нельзя прочитать: {why}.",
        'Articles are {{"id", "title", "text"}}, questions are {{"qid", "text", "gold": […]}}, one object a line.',
        'Статьи — {{"id", "title", "text"}}, вопросы — {{"qid", "text", "gold": […]}}, один объект в строке.',
    ),
    "PZ531": Rule(
        "warning",
        "The article says {share} of what {other} says.",
        "Статья на {share} повторяет {other}.",
        "Keep one of them.",
        "Оставьте одну из них.",
    ),
    "PZ532": Rule(
        "warning",
        '"{question}" also leads to {other}.',
        "«{question}» ведёт и к {other}.",
        "A question that has two articles has no answer: leave it to one.",
        "Вопрос с двумя статьями остаётся без ответа: оставьте его одной.",
    ),
    "PZ533": Rule(
        "info",
        "A sentence of {size} characters is cut short when it is quoted; {limit} fit.",
        "Предложение в {size} знаков цитируется не целиком: помещается {limit}.",
    ),
    "PZ534": Rule(
        "info",
        "The article has no questions: it is found by its title and text alone.",
        "У статьи нет questions: её находят только по названию и тексту.",
        "Write three or four ways people ask for it.",
        "Напишите три-четыре фразы, которыми о ней спрашивают.",
    ),
    "PZ535": Rule(
        "info",
        "Sentences have {words} words on average; up to {most} are easy to read.",
        "В предложениях в среднем слов: {words}; легко читать до {most}.",
    ),
    "PZ540": Rule(
        "error",
        "The source cannot be read: {why}.",
        "Источник не читается: {why}.",
        "Sources: a folder of .md, a page .html, a table .csv or .xlsx, an export .json of Zendesk or Chatwoot.",
        "Источники: папка с .md, страница .html, таблица .csv или .xlsx, выгрузка .json из Zendesk или Chatwoot.",
    ),
    "PZ541": Rule(
        "warning",
        "There is no question or no answer here: it is left out.",
        "Здесь нет вопроса или ответа: строка пропущена.",
    ),
    "PZ542": Rule(
        "info", "The text is not UTF-8: read as Windows-1251.", "Текст не в UTF-8: прочитан как Windows-1251."
    ),
    "PZ543": Rule(
        "warning",
        'The article "{title}" is there already with another text: {file}.',
        "Статья «{title}» уже есть, и текст у неё другой: {file}.",
        "It is written over only with --yes.",
        "Поверх неё пишется только с --yes.",
    ),
    "PZ544": Rule(
        "info", 'The article "{title}" is a draft there: it is left out.', "Статья «{title}» там черновик: пропущена."
    ),
    "PZ545": Rule(
        "info",
        'Not everybody may read the article "{title}" there: it is left out.',
        "Статью «{title}» там читают не все: пропущена.",
        "For everybody: user_segment_id is null in the export.",
        "Чтобы она стала для всех, в выгрузке user_segment_id: null.",
    ),
}
