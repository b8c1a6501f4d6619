"""Address lines: a street word or a house and a flat with what stands around them. The line is kept as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presszero.dialogue.parse import Value
from presszero.nlu.kinds.reading import Reading

_NOT_NAMES = r"(?!(?:я|мы|он|она|на|у|в|во|по|из|за|к|от|до|с|со|и|а|но|живу|живем|дом|мой|наш|это|адрес|там|тут|здесь|жду|по)\b)"
_NAME = rf"{_NOT_NAMES}[^\W\d_][\w-]{{0,40}}\.?"
_NUMBER = r"\d{1,4}(?:-?[а-яa-z](?![\w.]))?(?:[/-]\d{1,4})*"
_HOUSE = rf"(?:(?:дом|д|строение|стр|владение|вл|№)\.? ?)?{_NUMBER}"
_PART = "квартиры|квартира|кв|корпус|корп|кор|к|строение|стр|литера|лит|подъезд|под|этаж|эт|офис|оф|комната|комн"
_TAIL = rf"(?:,? ?(?:{_PART})(?![а-я])\.? ?№? ?(?:\d{{1,4}}[а-я]?|[а-я])\b)*(?:, ?\d{{1,4}}\b)?"
_CITY = r"(?:(?:г|гор|город|пос|поселок|дер|деревня|село|с)\.? [^\W\d_][\w-]+(?: [^\W\d_][\w-]+)?, ?)?"
_STREET = (
    r"(?:ул|улиц[аеуы]|пр|просп|пр-т|пр-кт|проспект[еа]?|пер|переул(?:ок|ке)|бульвар[еа]?|б-р|шоссе|ш|наб|набережн(?:ая|ой)|пл"
    r"|площад[ьи]|проезде?|тупике?|мкр|мкрн|микрорайоне?|аллея|аллее|линия)\b\.?"
)
_EN_STREET = (
    r"(?:street|str|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|square|sq|terrace|highway|hwy|court|ct|crescent"
    r"|alley|way|place|pl)\b\.?"
)
_EN_NOT_NAMES = (
    r"(?!(?:the|a|an|on|in|at|my|your|times?|days?|weeks?|hours?|minutes?|of|by|from|to|is|was|and|or|this|that)\b)"
)
_EN_FLAT = r"(?:(?:apt|apartment|flat|unit|suite)\.? ?#?\d{1,4}[a-z]?\b)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_CITY}{_STREET} (?:{_NAME} ){{0,3}}{_NAME},? {_HOUSE}{_TAIL}",
        rf"\b{_CITY}(?:{_NAME} ){{0,2}}{_NAME} {_STREET},? {_HOUSE}{_TAIL}",
        rf"\b{_CITY}{_NAME},? (?:дом|д)\.? ?{_NUMBER}{_TAIL}",
        rf"\b{_CITY}{_NAME},? {_NUMBER},? ?(?:кв|квартира)\.? ?\d{{1,4}}\b",
        rf"(?:\b{_EN_FLAT},? )?\b\d{{1,5}}[a-z]?,? (?:{_EN_NOT_NAMES}{_NAME} ){{1,3}}{_EN_STREET}(?:,? {_EN_FLAT})?",
        rf"\b(?:{_EN_NOT_NAMES}{_NAME} ){{1,2}}{_EN_STREET},? (?:house )?\d{{1,4}}[a-z]?\b(?:,? {_EN_FLAT})?",
    )
)
# The whole message is a name and a house: «Ленина 15», «Лесная 14-8».
_BARE = re.compile(rf"\s*([А-ЯЁ][а-яё]{{3,}}(?: [А-ЯЁ]?[а-яё]+){{0,2}},? {_NUMBER}{_TAIL})[.!]?\s*")
_NOT_STREETS = re.compile(
    r"\b(?:договор|номер|тариф|ошибк|заявк|код|счет|оператор|через|около|после|январ|феврал|март|апрел|мая|июн|июл|август|сентябр"
    r"|октябр|ноябр|декабр|сумм|рубл|минут|час|день|дней|человек|канал|устройств|порт|версия|оценк|ставлю|нужно|хочу)"
)


def addresses(reading: Reading) -> Iterator[Value]:
    """The address lines of a text, the longest reading of each."""
    last = -1
    for start, end in sorted(_found(reading), key=lambda place: (place[0], -place[1])):
        if start >= last:
            last = end
            yield Value("address", reading.typed[start:end].strip(" ,"), start, end)


def _found(reading: Reading) -> Iterator[tuple[int, int]]:
    for pattern in _PATTERNS:
        for found in pattern.finditer(reading.flat):
            if not _NOT_STREETS.match(found[0]):
                yield found.span()
    bare = _BARE.fullmatch(reading.typed)
    if bare and not _NOT_STREETS.match(reading.flat, bare.start(1)):
        yield bare.span(1)
