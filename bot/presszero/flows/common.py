"""`flows/_common.yaml`: what every flow inherits."""

from __future__ import annotations

from presszero.dialogue.flow import Common, End, Target, ToFlow, Universals
from presszero.dialogue.text import Text
from presszero.flows.flow import head
from presszero.flows.page import Page
from presszero.flows.part import Part
from presszero.flows.phrases import bare, phrases
from presszero.flows.targets import target
from presszero.flows.texts import text
from presszero.flows.words import engine_words, override
from presszero.source.fields import Fields
from presszero.source.tree import Node

UNIVERSALS = ("operator", "back", "restart", "repeat", "correct", "language")
LANGUAGES = ("ru", "en")
CALL_PERSON = "to_operator"


def languages(node: Node | None, configured: tuple[str, ...] | None) -> tuple[str, ...]:
    """The desk's languages, read before anything else because every text is checked against them."""
    listed = node.get("languages") if node is not None else None
    found = tuple(n.text.strip() for n in (listed.items if listed is not None else ()) if n.text.strip() in LANGUAGES)
    if found and configured:
        return max(configured, found, key=len)  # that they differ is one fault, not one of each text
    return found or configured or LANGUAGES


def common(page: Page, node: Node) -> tuple[Common, dict[str, Text]]:
    """What is shared, and the engine's sentences with the desk's own wording."""
    with Part(node, page) as f:
        head(page, f)
        _languages(page, f)
        misunderstood, spoken = f.get("misunderstood"), f.get("universals")
        home, verify = f.get("home"), f.get("verify")
        chat, voice, reminder = _silence(page, f)
        made = Common(
            languages=page.languages,
            universals=_universals(page, spoken) if spoken is not None else Universals(),
            misunderstood=_texts(page, misunderstood) if misunderstood is not None else (),
            give_up=_give_up(page, f),
            silence_chat=chat,
            silence_voice=voice,
            reminder=reminder,
            home=page.known(home, "PZ209", page.desk.flows) if home is not None else "",
            verify=page.known(verify, "PZ209", page.desk.flows) if verify is not None else "",
        )
        return made, engine_words() | override(page, f.get("texts"))


def _languages(page: Page, f: Fields) -> None:
    listed = f.list("languages")
    unknown = [(place, lang) for place, lang in listed if lang not in LANGUAGES]
    for place, lang in unknown:
        page.unknown(place, "PZ184", lang, LANGUAGES)
    configured = page.desk.known.languages
    if listed and configured and not unknown and {lang for _, lang in listed} != set(configured):
        page.add(f.at("languages"), "PZ241", configured=", ".join(configured))


def _universals(page: Page, node: Node) -> Universals:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    with Part(node, page) as f:
        for name in UNIVERSALS:
            each = f.get(name)
            if each is None:
                continue
            with Part(each, page) as inner:
                said = inner.get("phrases", needed=True)
                found[name] = bare(phrases(page, said)) if said is not None else {}
    return Universals(found)


def _texts(page: Page, node: Node) -> tuple[Text, ...]:
    return tuple(text(page, n) for n in (node.items if node.kind == "list" else (node,)))


def _give_up(page: Page, f: Fields) -> Target:
    node = f.get("give_up")
    if node is None:
        page.add(f.place, "PZ317")
        return ToFlow(CALL_PERSON) if CALL_PERSON in page.desk.flows else End()
    return target(page, node, steps=False)


def _silence(page: Page, f: Fields) -> tuple[float, float, Text | None]:
    node = f.get("silence")
    if node is None:
        return 1800.0, 6.0, None
    with Part(node, page) as inner:
        words = inner.get("reminder")
        return (
            inner.seconds("chat", 1800.0),
            inner.seconds("voice", 6.0),
            text(page, words) if words is not None else None,
        )
