"""Does somebody ask for a person? A request always counts, a mention never does («ваш оператор нахамил»).

Hand-written rules, no model. Each clause becomes a string of letters, one a word: P a person of ours, S support, L living,
B a bot, C connect or call, c to connect, T talk, t talking, W want or may, N need, H enough of, n not, b without, u let,
e is there, q someone, s with or to, k kind of (your, any), f filler, y a subject, m answers, X another verb, h how,
d a number, o other, g of what, r who, l whether, v any other word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from presszero.lang import person_en, person_ru
from presszero.lang.fold import fold
from presszero.lang.match import whole

LIMIT = 2000
_CLAUSE = re.compile(r"[.!?;:,…()\n\r\"«»]+|\s[-–—]+\s")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_LAST = "L(?=f*$)"  # «живого» without a noun ends its clause
_WHO = f"(?:[PS]|{_LAST})(?![fk]*[gd])"
_NP = f"[kLfsqo]{{0,6}}{_WHO}"  # a person with what stands before
_NOT = "(?<![nb])(?<![nb]N)(?<![nb]N.)"
_THEN_NOT = "(?![gXnlro]|s[kf]*[vCX])"  # nothing follows that makes the person a subject
_PATTERNS = (
    f"{_NOT}(?<![Xk])(?<!X.)C[kLfsqWyo]{{0,6}}{_WHO}",  # позовите живого оператора, connect me to an agent
    f"{_NOT}(?<![Xk])(?<!X.)C[fsky]{{1,5}}s[fk]?q[fe]*$",  # connect me to someone
    f"^[^X]*{_NOT}c[kLfsqWyo]{{0,6}}{_WHO}",  # можно позвать оператора
    "^[fksLq]*[PS][fkW]*[Cc][fsk]*$",  # человека позовите
    f"{_NOT}[WNh][fyvklsWNCX]{{0,5}}[Tt][fvky]{{0,3}}s{_NP}",  # хочу поговорить с человеком
    f"{_NOT}[WNh][fyvklsWNC]{{0,5}}[Tt][fvky]{{0,3}}sk{{0,2}}q",  # I want to talk to someone
    f"{_NOT}[WNh][fy]{{0,3}}s[fkq]{{1,3}}[Tt]",  # можно с кем-нибудь поговорить
    f"{_NOT}[NC][f]*q[fk]*(?:r|q[f]*m)",  # нужен кто-то, кто разбирается; get someone who does
    "^f*q[kL]+f*$|^[ef]*q[f]*e$",  # someone competent; anybody there
    "[WN][fk]*qsT|[eq][fk]*q?[fyW]+Ts",  # I need somebody to talk to; is there anyone I can talk to
    f"^[fky]*T[f]*s(?:{_NP}|[fk]*q)(?!.*X)",  # поговорить с оператором, speak to someone
    f"{_NOT}[Cu][fy]{{0,2}}T[f]*s?(?:{_NP}|[fk]*q)",  # let me speak with a human
    f"{_NOT}(?<!X)(?<!X.)T[f]{{0,2}}[kL]{{1,3}}P",  # reach a human
    "^[^vX]*s[kLf]{0,3}[PL][fW]{0,3}T(?!.*X)",  # с оператором можно поговорить
    f"{_NOT}(?:^|[fWyeN])NX?[fksLWyqNm]{{0,5}}{_WHO}{_THEN_NOT}",  # мне нужен оператор, where is the agent
    f"{_NOT}W[fyW]{{0,3}}[kL]{{1,3}}P(?=f*$|fs|f*m)",  # I want a human, can I have an agent
    f"{_NOT}W[fkP]*P[f]*m|q[fe]*s[fk]*P",  # can one of your people answer, кто-нибудь из людей
    "^[fkL]*P[f]*N[f]*$",  # оператор нужен
    "^[fk]*e[fkLqs]*L?P[feqyWTs]*$",  # is there a human I can talk to
    "^(?=..)[fkqe]*L[fe]*P?[feq]*$|^q[fe]*P[fe]*$|^f*qs[fk]*[PS]f*$",  # есть кто живой, anyone human
    "q[f]*rXk?[PL]",  # someone who is human
    "n[fyWvs]{0,5}(?:[Tt][fsv]{0,3}[kf]{0,3}B|B[f]{0,2}T)",  # не хочу говорить с ботом
    "H[fkvsoyTt]{0,5}B|[eq][a-zA-Z]{0,3}b[kf]*B",  # хватит бота; кто-нибудь, кроме робота
    "^[fk]*bs?[kf]*B[f]*$",  # без бота
    "ns?k?B[f]{0,2}(?:[a-zA-Z]?s?[kL]{0,2}P|N)",  # не бот, а человек; не робот нужен
    "u[fkL]{0,4}[Pq][fysL]{0,3}m|u[fs]{0,4}m[fkLs]{0,3}[PL]",  # пусть ответит человек
    "W[f]*r[fsk]*m[fkL]*[PL]",  # хочу, чтобы ответил человек
)
_REQUESTS = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
# Nothing but a person and what goes with asking: «оператора!», "human please", «дайте мне уже кого-нибудь живого».
_ALONE = re.compile("^(?!L$)[fkLsWNCcTeHPS]*[PL][fkLsWNTeqPS]*$")
_SUPPORT = re.compile("^[fkLs]*S[fk]*$")
_WHOM = re.compile("[PSLBq]")
_ASKS = re.compile("[CTWNe]")
# Misspelt beyond what the speller dares.
_NEAR = (
    ("оператор", 2),
    ("человек", 1),
    ("специалист", 2),
    ("менеджер", 1),
    ("operator", 2),
    ("representative", 2),
    ("agent", 1),
)
_ENDING = re.compile("(?:ами|ями|ов|ам|ах|ом|ем|а|у|е|и|ы|s)?")


def asks_for_person(text: str, phrases: Sequence[str] = ()) -> bool:
    """Whether a message asks for a person; ``phrases`` are the desk's own words for it, taken as a whole message."""
    if phrases and whole(text, phrases):
        return True
    clauses = _clauses(text)
    return any(_asks(clauses, at) for at in range(len(clauses)))


def mentions_person(text: str) -> bool:
    """Whether a message speaks of an operator or another employee, asking for one or not."""
    return any("P" in clause or "S" in clause for clause in _clauses(text))


def _asks(clauses: list[str], at: int) -> bool:
    clause = clauses[at]
    if not _WHOM.search(clause):
        return False
    if _REQUESTS.search(clause) or (len(clauses) == 1 and _SUPPORT.match(clause)):
        return True
    if not _ALONE.match(clause):
        return False
    following = clauses[at + 1] if at + 1 < len(clauses) else ""
    return bool(_ASKS.search(clause)) or not following.startswith("r")


def _clauses(text: str) -> list[str]:
    """The clauses of a message as letters."""
    folded = "\n".join(map(fold, text[:LIMIT].splitlines()))
    return [letters for part in _CLAUSE.split(folded) if (letters := _letters(part))]


def _letters(clause: str) -> str:
    clause = _HYPHEN.sub(" ", clause)
    for pattern, plain in (*person_ru.PHRASES, *person_en.PHRASES):
        clause = pattern.sub(plain, clause)
    letters = "".join(map(_letter, _WORD.findall(clause)))
    return re.sub("d[kLo]*P", "v", letters)


def _table(text: str) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    entries = [(word, line[0]) for line in text.split("\n") if line for word in line[2:].split()]
    whole_words: dict[str, str] = {}
    for word, letter in entries:
        whole_words.setdefault(word, letter)
    return whole_words, tuple((word[:-1], letter) for word, letter in entries if word.endswith("*"))


_TABLES = tuple(_table(text) for text in (person_ru.CLASSES, person_en.CLASSES))


@lru_cache(maxsize=8192)
def _letter(word: str) -> str:
    """What a word does in a request."""
    if word.isdigit():
        return "d"
    known = next((words[word] for words, _ in _TABLES if word in words), None)
    started = known or next(
        (letter for _, starts in _TABLES for start, letter in starts if word.startswith(start)), None
    )
    if started:
        return started
    if _is_near(word):
        return "P"
    return "X" if person_ru.FINITE.fullmatch(word) or person_en.FINITE.fullmatch(word) else "v"


def _is_near(word: str) -> bool:
    """Whether a word is a misspelt «оператор» or another of those, whatever its ending."""
    if not 4 < len(word) < 18 or "'" in word:
        return False
    ends = range(len(word), max(0, len(word) - 4), -1)
    return any(
        _ENDING.fullmatch(word[end:]) and abs(end - len(right)) <= slips and OSA.distance(word[:end], right) <= slips
        for right, slips in _NEAR
        for end in ends
    )
