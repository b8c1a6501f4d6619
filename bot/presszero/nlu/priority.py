"""How urgent a message is, by words and not by statistics: sparks and smoke must never depend on a model's mood."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from presszero.lang.fold import fold

Priority = Literal["low", "normal", "high", "urgent"]

# One pattern a line, on folded text; a space is white space, a word begins where a pattern does.
_URGENT = r"""
искр(?:ит|ят|ил\w*|ение)|заискр\w*
дым(?:ит\w*|ил\w*|ом)?\b|гарью|горелым|пожар\w*|возгоран\w*|загорел(?:ся|ась|ось|ись)|плавит\w*|оплавил\w*
бьет током|ударил\w* током|под напряжением|короткое замыкание|коротит
оборван\w* (?:провод|кабел)|(?:провод|кабел)\w* (?:висит|лежит|оборван|свисает)
затоп\w*|залива(?:ет|ют)
нет (?:отоплен|тепла|света).*(?:ребен|младен|груднич)|(?:ребен|младен|груднич)\w*.*нет (?:отоплен|тепла|света)
угроз\w* жизни|не (?:могу|можем) вызвать (?:скорую|врача)|тревожн\w* кнопк\w*|пожарн\w* сигнализац
spark(?:s|ing|ed)?\b|smok(?:e|es|ing|y)\b|burning|(?:on|caught) fire|melt(?:ed|ing|s)?\b
electric(?:al)? shock|short circuit|live wire
(?:downed|hanging|fallen) (?:wire|cable|line)|(?:wire|cable|line) (?:is |are )?(?:down|hanging)\b
flood(?:ed|ing)?\b
no (?:heat|heating|power|electricity)\b.*\b(?:baby|infant|newborn|child)
(?:baby|infant|newborn|child)\b.*\bno (?:heat|heating|power|electricity)\b
medical (?:alarm|device|equipment)|life threatening|emergency call|can'?t call (?:an )?(?:ambulance|911|112|999)
"""
_HIGH = r"""
срочн\w*|немедленн\w*|как можно (?:скорее|быстрее)
взломал\w*|мошенни\w*|украл[иа]?\b|списал\w* (?:лишн|дважды|два раза|двойн)
(?:втор|трет)(?:ые|ьи) сутки|(?:второй|третий|вторую|третью) (?:день|неделю)|(?:сутки|неделю) (?:без|нет|не)\b
(?:весь|всем|весь наш) (?:дом|подъезд|район)\w*
прокуратур\w*|роспотребнадзор\w*|в суд\b|судом\b|экзамен\w*|собеседован\w*
urgent(?:ly)?\b|asap\b|immediately|hacked|fraud\w*|scam\w*|stolen|charged (?:me )?(?:twice|double)
(?:second|third|2nd|3rd) (?:day|week)\b|for (?:two|three|four|several|\d+) (?:days|weeks)\b
whole (?:building|house|street|block)|lawyer|sue\b|legal action|exam\b|job interview
"""
_LOW = r"""
не (?:очень )?срочн\w*|не горит|(?:когда|как) (?:будет|появится) (?:время|возможность)|на будущее
просто (?:интересно|спросить|вопрос)|предложени[ея]\b|пожелани[ея]\b
not urgent|no (?:rush|hurry)|whenever you (?:can|have)|just (?:curious|wondering|asking)|suggestion|feedback
"""
# What takes the alarm out of a word.
_CALM = r"""
(?:не|без|нет) (?:искр\w*|дым\w*|срочн\w*)|не (?:дымит|искрит|горит)|не (?:очень )?срочн\w*
дым\w* (?:нет|не)|(?:no|any|without) (?:smoke|sparks?)\b|not (?:urgent|burning|smoking|sparking)|no fire
"""


def _any(lines: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(f"(?:{line})" for line in lines.split("\n") if line) + ")")


_LEVELS: tuple[tuple[Priority, re.Pattern[str]], ...] = (("urgent", _any(_URGENT)), ("high", _any(_HIGH)))
_LOW_PATTERN, _CALM_PATTERN = _any(_LOW), _any(_CALM)


class Urgency(NamedTuple):
    """A priority, and the words that asked for it as they were read; none for `normal`."""

    value: Priority
    words: str = ""


def priority(text: str) -> Urgency:
    """The priority that the words of a message ask for."""
    folded = fold(text[:2000])
    alarming = _CALM_PATTERN.sub(" ", folded)
    for level, pattern in _LEVELS:
        if found := pattern.search(alarming):
            return Urgency(level, found[0])
    found = _LOW_PATTERN.search(folded)
    return Urgency("low", found[0]) if found else Urgency("normal")
