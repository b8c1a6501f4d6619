"""Takes the polite and empty words off both ends of a message, so that «ну пожалуйста, меню» is «меню»."""

from __future__ import annotations

from presszero.lang.words import words

_PHRASES = """
пожалуйста / пожалуста / пожалуйсто / плиз / плз / пж / пжл / пжлст / пжста / будьте добры / будьте любезны /
будь добр / будь добра / если можно / если не сложно / если несложно / если не трудно / если вас не затруднит / прошу
/ прошу вас / очень прошу / прошу прощения / извините / извини / простите / здравствуйте / здравствуй / здрасте /
здрасьте / добрый день / добрый вечер / доброе утро / доброй ночи / доброго дня / доброго времени суток / привет /
приветствую / спасибо / спасибо большое / большое спасибо / заранее спасибо / спс / благодарю / уважаемые / алло / ало
/ эй / ну / а / и / так / ладно / слушайте / девушка / скорее / давайте / давай / уже / тогда / please / pls / plz /
kindly / sorry / excuse me / pardon me / hi / hello / hey / hi there / hello there / good morning / good day /
good afternoon / good evening / thanks / thank you / thank you very much / thx / many thanks / thanks in advance /
if possible / if you can / if you could / if you don't mind / ok / okay / well / so / just / um / uh / dear sir /
ok then / now / подскажите / подскажи / скажите / у меня вопрос / такой вопрос / вопрос такой / добрый / всем привет /
хай / доброго / рад видеть / помогите пожалуйста / хорошего дня / заранее благодарю / благодарю заранее / жду ответа /
большое / тут такое дело / такая ситуация / could you please / can you please / would you please / could you tell me /
can you tell me / please tell me / i have a question / quick question / i was wondering / have a nice day /
dear support / cheers / thank you in advance / thanks a lot / greetings / good evening to you / appreciate it /
dear team
"""
_POLITE = frozenset(tuple(phrase.split()) for phrase in _PHRASES.replace("\n", " ").split("/"))
_LONGEST = max(map(len, _POLITE))


def bare(text: str) -> str:
    """The words of a message without politeness around them; a message of nothing else stays as it is."""
    found = words(text)
    start, end = 0, len(found)
    while step := _polite(found, start, end, from_start=True):
        start += step
    while step := _polite(found, start, end, from_start=False):
        end -= step
    return " ".join(found[start:end] or found)


def _polite(found: list[str], start: int, end: int, *, from_start: bool) -> int:
    """How many words at this end are a polite phrase (the longest)."""
    for size in range(min(_LONGEST, end - start), 0, -1):
        part = found[start : start + size] if from_start else found[end - size : end]
        if tuple(part) in _POLITE:
            return size
    return 0
