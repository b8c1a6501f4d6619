"""Why a request would be what it is, a line each: `presszero nlu parse --why`."""

from __future__ import annotations

from presszero.dialogue.parse import Parse
from presszero.nlu.why import Reason, certainty

_NAMES = {
    "category": ("категория", "category"),
    "priority": ("срочность", "priority"),
    "queue": ("очередь", "queue"),
    "language": ("язык", "language"),
    "mood": ("настроение", "mood"),
}
_BY = {
    "flow": ("сказано в диалоге", "said by the flow"),
    "words": ("по словам", "by the words"),
    "model": ("по похожим фразам", "by phrases like it"),
    "category": ("по категории", "by the category"),
    "text": ("по словам текста", "by the words of the text"),
    "conversation": ("как в разговоре", "as in the conversation"),
    "default": ("ничто не указало на другое", "nothing told otherwise"),
}
_CERTAIN = {
    "sure": ("уверенно", "sure"),
    "likely": ("скорее всего", "likely"),
    "unsure": ("не уверен", "unsure"),
    "guess": ("догадка", "a guess"),
}
_MOODS = {
    "angry": ("сердится", "angry"),
    "worried": ("волнуется", "worried"),
    "pleased": ("доволен", "pleased"),
    "neutral": ("спокоен", "calm"),
}
_FITS = 0.3  # a likelihood below it says that a text is none of these
_RULES = {"flow", "words", "category", "conversation", "default"}  # for these a share would say nothing, mood apart


def sentence(name: str, reason: Reason, lang: str) -> str:
    """A decision, who made it, how surely, by which words, and what else it could have been."""
    at = 0 if lang == "ru" else 1
    parts = [_BY[reason.by][at] if reason.by in _BY else reason.by]
    if reason.words:
        parts[0] += ": " + ", ".join(f"«{word}»" if at == 0 else f'"{word}"' for word in reason.words)
    if name == "mood" or reason.by not in _RULES:
        parts.append(f"{_CERTAIN[certainty(reason.sure)][at]}, {reason.sure:.0%}")
    if reason.other:
        parts.append(("иначе", "else")[at] + f" {reason.other} {reason.other_sure:.0%}")
    value = _MOODS[reason.value][at] if name == "mood" and reason.value in _MOODS else reason.value
    return f"{_NAMES[name][at]}: {value} ({'; '.join(parts)})"


def unfitting(parse: Parse, lang: str) -> str:
    """Says so where a text is like the phrases of no intent."""
    if parse.band != "none" or parse.confidence >= _FITS:
        return ""
    if lang == "ru":
        return "Ни одно намерение не подходит: может быть, нужно новое, со своими фразами."
    return "No intent fits: a new one may be needed, with phrases of its own."


def advised(category: Reason | None, lang: str) -> str:
    """What would make the category surer, where it was not; a guess that is hardly one is not named."""
    if category is None or category.by not in {"default", "model"} or certainty(category.sure) in {"sure", "likely"}:
        return ""
    best, sure = (category.value, category.sure) if category.by == "model" else (category.other, category.other_sure)
    if not best or sure < _FITS:
        if lang == "ru":
            return "Ни одна категория не подходит: может быть, нужна новая в handoff/categories.yaml, с фразами в nlu/."
        return "No category fits: a new one may be needed in handoff/categories.yaml, with phrases in nlu/."
    if lang == "ru":
        return f"Чтобы было увереннее: такие фразы под category/{best} в nlu/, или решающие слова в handoff/categories.yaml."
    return f"To make it surer: phrases like this under category/{best} in nlu/, or deciding words in handoff/categories.yaml."
