"""Whether a generated answer may be shown: every sentence cited, and each piece standing in the passages it cites.

Cheap and suspicious: it compares numbers, links, names, words and denials, not meanings. What it doubts is dropped whole,
and the customer reads the author's own passage instead. It never repairs an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from presszero.dialogue.knowledge import Passage
from presszero.kb.generated import NO_ANSWER
from presszero.kb.generated_support import foreign
from presszero.lang.words import words

Why = Literal[
    "empty", "thinking", "no_answer", "long", "uncited", "citation", "number", "link", "name", "words", "opposite"
]
_CITES = re.compile(r"(?:\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\]\s*)+")
_LATE = re.compile(rf"([.!?…]+)\s*({_CITES.pattern})([.!?…]*)")  # "card. [1]" is "card [1]."
_SENTENCES = re.compile(r"(?<=[.!?…])[ \t]+(?=[^\Wa-zа-яё_]|[«\"“(])")
_BULLET = re.compile(r"\s*(?:([-*•–—])|(\d{1,2}[.)]))\s+")
_MD_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(([^()\n]*)\)")
_TAG = re.compile(r"<[/!a-zA-Z][^<>]*>")
_THOUGHT = re.compile(
    r"[<\[◁]\s?(/?)\s?(?:think(?:ing)?|thoughts?|reasoning|reflection|scratchpad)\b[^<>\]▷\n]{0,40}[>\]▷]"
    r"|<\|[^<>|\s]{1,40}\|>",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"\w{61}|\S{301}")  # no passage needs it: a word, and what is written without a space
_MOST, _A_WORD = 20_000, 20  # characters of an answer, at most and for each word that it may have
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True, slots=True)
class Grounded:
    """An answer that may be shown: plain text with [1], [2]…; ``cited[0]`` is the passage (from 0) that [1] names."""

    text: str
    cited: tuple[int, ...]


def grounded(answer: str, passages: Sequence[Passage], most_words: int) -> Grounded | Why:
    """The answer as customers read it, or why they must not."""
    spoken = _spoken(answer)
    if spoken is None:
        return "thinking"
    if len(spoken) > min(_MOST, _A_WORD * most_words) or _LONG_WORD.search(spoken):
        return "long"  # before anything else looks at it: whoever answers may send a mebibyte
    plain = _plain(spoken)
    return _unfit(plain, most_words) or _judged(plain, passages)


def _unfit(plain: str, most_words: int) -> Why | None:
    if NO_ANSWER in plain:
        return "no_answer"
    if not words(plain):
        return "empty"
    return "long" if len(words(_CITES.sub(" ", plain))) > most_words else None


def _judged(plain: str, passages: Sequence[Passage]) -> Grounded | Why:
    cited: dict[int, int] = {}
    lines: list[str] = []
    for line in plain.split("\n"):
        mark, body = _bullet(line.strip())
        if not body:
            continue
        for sentence in _SENTENCES.split(_LATE.sub(_early, body)):
            why = _judge(sentence, passages, cited)
            if why:
                return why
        lines.append(mark + _CITES.sub(lambda found: _renumbered(found[0], cited), _LATE.sub(_early, body)).strip())
    return Grounded("\n".join(lines), tuple(cited))


def _spoken(answer: str) -> str | None:
    """Without what the model said to itself; None when where that ends cannot be told."""
    if _THOUGHT.search(answer) is None:
        return answer
    kept: list[str] = []
    depth = start = 0
    for mark in _THOUGHT.finditer(answer):
        if mark[1] is None:
            return None  # a template of the model's own has leaked
        if not mark[1]:
            if not depth:
                kept.append(answer[start : mark.start()])
            depth += 1
        else:
            kept = kept if depth else []  # some begin inside their thoughts
            depth = max(0, depth - 1)
        start = mark.end()
    return None if depth else " ".join((*kept, answer[start:])).strip()


def _judge(sentence: str, passages: Sequence[Passage], cited: dict[int, int]) -> Why | None:
    """Why a sentence must not be shown; the passages it cites are noted in their order."""
    found = list(_pieces(sentence))
    if not found or found[-1][1] is None:
        return "uncited"
    for number, (piece, cites) in enumerate(found):
        at = [n - 1 for n in cites or ()]
        if any(not 0 <= n < len(passages) for n in at):
            return "citation"
        for n in at:
            cited.setdefault(n, len(cited) + 1)
        why = foreign(piece, [passages[n] for n in dict.fromkeys(at)], first=number == 0)
        if why:
            return why
    return None


def _pieces(sentence: str) -> Iterator[tuple[str, tuple[int, ...] | None]]:
    """What stands before each citation, and what the citation names; None = words that no citation follows."""
    start = 0
    for found in _CITES.finditer(sentence):
        yield sentence[start : found.start()], tuple(int(n) for n in re.findall(r"\d+", found[0]))
        start = found.end()
    if words(sentence[start:]):
        yield sentence[start:], None


def _early(found: re.Match[str]) -> str:
    return f" {found[2].strip()}{found[1]} "


def _renumbered(cites: str, cited: dict[int, int]) -> str:
    shown = sorted({cited[int(n) - 1] for n in re.findall(r"\d+", cites)})
    return "".join(f"[{n}]" for n in shown) + (" " if cites[-1].isspace() else "")


def _bullet(line: str) -> tuple[str, str]:
    found = _BULLET.match(line)
    if found is None:
        return "", line
    return f"{found[2] or '•'} ", line[found.end() :]


def _plain(answer: str) -> str:
    """Without markup: what is shown is plain text everywhere, and what is judged is what is shown."""
    text = _UNSEEN.sub("", answer.replace("\r\n", "\n").replace("\u00a0", " "))
    text = _TAG.sub("", _MD_LINK.sub(r"\1 (\2)", text))
    text = re.sub(r"^[ \t]*(?:#{1,6}[ \t]+|>+[ \t]*|```\w*[ \t]*$)", "", text, flags=re.MULTILINE)
    return re.sub(r"\*\*|__|`+", "", text).strip()
