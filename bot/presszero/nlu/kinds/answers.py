"""Short answers: yes and no, and ratings («на четвёрку», "5 out of 5", «5/5», ⭐⭐⭐⭐)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presszero.dialogue.parse import Value
from presszero.lang.politeness import bare
from presszero.nlu.kinds.reading import Reading

_YES_TEXT = """
да|ага|угу|конечно|разумеется|верно|точно|именно|правильно|хорошо|ок|окей|ладно|согласен|согласна|естественно|безусловно
давай|давайте|да конечно|да верно|все верно|все правильно|так и есть|так точно|да да|ну да|подтверждаю|пойдет|подходит
можно|помогло|да помогло|есть|заработало|все заработало|все работает|уже работает|+|👍|👌|✅
yes|yeah|yep|yup|ya|y|sure|of course|ok|okay|correct|right|that's right|exactly|indeed|absolutely|definitely|certainly
i do|it is|yes please|it did|i agree|agreed|affirmative|sounds good|go ahead|yes it is|yes i do|aye|true
it works|it works now|works now|all good|it helped|that helped|sure thing
"""
_NO_TEXT = """
нет|не|неа|нее|не надо|не нужно|не хочу|нет спасибо|ни в коем случае|никак нет|неверно|не верно|неправильно|не правильно
да нет|нет нет|не согласен|не согласна|ни за что|не подходит|не помогло|нет не помогло|пока нет|еще нет|не сейчас
совсем нет|вовсе нет|никогда|отнюдь|ни разу|не не помогло|не заработало|все еще не работает|так и не работает|-|👎|❌
no|n|nope|nah|nay|no thanks|no thank you|not really|not at all|incorrect|wrong|never|i don't|it isn't
it doesn't|it didn't|not yet|not now|no way|negative|no it isn't|no i don't|don't|false|of course not
it didn't help|that didn't help|didn't help|still not working|it still doesn't work|still doesn't work
"""
_YES, _NO = (frozenset(text.strip().replace("\n", "|").split("|")) for text in (_YES_TEXT, _NO_TEXT))
# What makes a leading "yes" no answer: «да нет», «да когда же», "yeah right".
_NOT_YES = "нет не что когда ну вы какой какого пошел пошли блин сколько как где почему зачем уж кто but right no like"
_YES_THEN = re.compile(
    rf"\s*(?:да|ага|угу|конечно|yes|yeah|yep|yup|sure)\b(?!\s*[-,]?\s*(?:{_NOT_YES.replace(' ', '|')})\b)"
)
# «нет интернета» says what is missing, not "no": a plain «нет» comes before a sign or a new sentence.
_NO_THEN = re.compile(
    r"\s*(?:(?:нет|неа|не(?=,)|nope|nah|no)\s*(?:[,.!;:\n-]|$)"
    r"|(?:нет|неа|да нет)\s+(?:не|я|он|она|оно|мы|это|все|спасибо|пока|еще|конечно|так|у меня|вы)\b"
    r"|no\s+(?:i|it|we|they|that|this|thanks|thank|not|you)\b)"
)
_SHORT = 80  # characters of a message that is nothing but yes or no
_LEAD = re.compile(r"\s*(?:(?:ну|а|и|ой|эм|хм|well|um|uh|oh)[\s,]+)*")


def yes_no(reading: Reading) -> Iterator[Value]:
    """Whether the message is, or begins with, yes or no."""
    stripped = reading.typed.strip()
    whole = (bare(reading.flat) or reading.flat.strip()) if len(stripped) <= _SHORT else ""
    whole = whole[:1] if len(set(whole)) == 1 else whole  # 👍👍
    start = reading.typed.find(stripped) if stripped else 0
    if whole in _YES or whole in _NO:
        yield Value("yes_no", "yes" if whole in _YES else "no", start, start + len(stripped))
        return
    lead = _LEAD.match(reading.flat)
    begin = lead.end() if lead else 0
    for answer, pattern in (("no", _NO_THEN), ("yes", _YES_THEN)):
        if found := pattern.match(reading.flat, begin):
            yield Value("yes_no", answer, begin, found.end())
            return


_MARKS_TEXT = """
ноль:0 нолик:0 кол:1 единиц:1 двойк:2 двоечк:2 тройк:3 троечк:3 четверк:4 четверочк:4 пятерк:5 пятерочк:5 шестерк:6
семерк:7 восьмерк:8 девятк:9 десятк:10 десяточк:10
"""
_MARKS = dict(entry.split(":") for entry in _MARKS_TEXT.split())
_MARK = re.compile(rf"\b({'|'.join(sorted(_MARKS, key=len, reverse=True))})(?:а|у|и|ой|ы)?\b")
_STARS = re.compile(r"(?:[⭐★🌟]\ufe0f? ?){1,10}")
_N = r"(?P<n>10|\d)"
_GIVES = (
    r"на|тверд\w+|(?:a )?solid|оценк[ауи]|ставлю|поставлю|rate|rating|score|give(?: it| you| them)?(?: an?)?|it'?s an?"
)
_RATINGS = (
    re.compile(rf"(?<![\d.,/:]){_N} ?(?:из|/|out of|of) ?(?:10|5|3)\b(?![./\d])"),
    re.compile(rf"(?<![\d.,/:]){_N} ?(?:балл\w*|звезд\w*|points?|stars?)\b"),
    re.compile(rf"\b(?:{_GIVES}) {_N}\b(?![.,:/]*\d)(?: с (?:плюсом|минусом))?(?! ?\w)"),
    re.compile(rf"\s*{_N}\s?[+!.-]*(?: с (?:плюсом|минусом)[.!]*)?\s*"),
)


def ratings(reading: Reading) -> Iterator[Value]:
    """Marks from 0 to 10."""
    for at, pattern in enumerate(_RATINGS):
        found = pattern.search(reading.digits) if at < len(_RATINGS) - 1 else pattern.fullmatch(reading.digits)
        if found:
            yield reading.value("rating", str(int(found["n"])), *found.span())
            return
    if found := _MARK.search(reading.flat):
        yield Value("rating", _MARKS[found[1]], *found.span())
    elif found := _STARS.search(reading.typed):
        yield Value("rating", str(sum(char in "⭐★🌟" for char in found[0])), *found.span())
