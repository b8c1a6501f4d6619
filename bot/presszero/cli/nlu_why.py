"""Why a request would be what it is, a line each: `presszero nlu parse --why`."""

from __future__ import annotations

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
    return f"{_NAMES[name][at]}: {reason.value} ({'; '.join(parts)})"


def advised(category: Reason | None, lang: str) -> str:
    """What would make the category surer, where it was not."""
    if category is None or category.by not in {"default", "model"} or certainty(category.sure) in {"sure", "likely"}:
        return ""
    name = f"category/{category.other or ('…' if category.by == 'default' else category.value)}"
    if lang == "ru":
        return f"Чтобы было увереннее: такие фразы под {name} в nlu/, или решающие слова в handoff/categories.yaml."
    return f"To make it surer: phrases like this under {name} in nlu/, or deciding words in handoff/categories.yaml."
