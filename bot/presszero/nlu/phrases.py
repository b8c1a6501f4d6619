"""Reads a desk's phrases: every file under nlu/, in Rasa 3.x format, and the phrases that stand in flows.

Files under nlu/tests/ are held out, never trained. Intents named ``category/…`` are ticket categories.
Faults are findings PZ4xx, all of them at once, each with its place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from presszero.errors import ContentError, Finding, Place
from presszero.lang.words import stems, words
from presszero.nlu.brackets import MOST, NotClosedError, expand
from presszero.source.read import read_file, read_text
from presszero.source.tree import Node

CATEGORY = "category/"
OUT_OF_SCOPE = "oos"  # in held-out files: what no intent fits
FEW, LONGEST = 5, 500
MOST_TRAINED = 20_000  # phrases that a model learns from: what keeps training within a minute of a processor
TOP = ("version", "nlu", "language", "licence", "license", "title")
OTHERS_OF_RASA = (
    "stories",
    "rules",
    "responses",
    "intents",
    "entities",
    "slots",
    "actions",
    "forms",
    "session_config",
)
KINDS = ("intent", "synonym", "regex", "lookup")
_FLOWS = Place("flows")
IN_ENTRY = (*KINDS, "examples", "metadata")


@dataclass(frozen=True, slots=True)
class FlowPhrase:
    """A phrase that a flow gives to an intent."""

    intent: str
    lang: str
    text: str
    place: Place = _FLOWS


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence that stands for an intent."""

    text: str
    intent: str
    lang: str
    place: Place


@dataclass(slots=True)
class Phrases:
    """Everything read: what is trained, what is held out, words of synonyms and look-up tables, and the findings."""

    trained: list[Phrase] = field(default_factory=list)
    held_out: list[Phrase] = field(default_factory=list)
    other_words: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def pairs(self, *, categories: bool) -> list[tuple[str, str]]:
        """Text and intent (or category, without its prefix) of every trained phrase."""
        chosen = [p for p in self.trained if p.intent.startswith(CATEGORY) == categories]
        return [(p.text, p.intent.removeprefix(CATEGORY)) for p in evenly(chosen)]

    def vocabulary(self) -> Counter[str]:
        """How often each folded word stands in the phrases."""
        texts = [*(p.text for p in self.trained), *self.other_words]
        return Counter(word for text in texts for word in words(text))


def read(root: Path, extra: Iterable[FlowPhrase] = ()) -> Phrases:
    """The phrases of a desk with findings; nothing is raised for faults in files."""
    return finished(files(root), extra)


def files(root: Path) -> Phrases:
    """What stands in the files alone; `finished` adds the flows' phrases and what is said of all of them."""
    made = Phrases()
    folder = root / "nlu"
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".yml", ".yaml")):
        inside = path.relative_to(folder).parts
        try:
            _File(made, inside).read(read_file(path, root))
        except ContentError as error:
            made.findings.extend(error.findings)
    return made


def one_file(path: Path) -> Phrases:
    """What stands in one file, wherever it lies, with the findings about it."""
    made = Phrases()
    _File(made, (path.name,)).read(read_file(path, path.parent))
    return made


def of_text(text: str, name: str) -> Phrases:
    """What stands in a file of this name under nlu/, by its text. Raises ContentError when that is no YAML."""
    made = Phrases()
    _File(made, tuple(name.split("/")[1:])).read(read_text(text, name))
    return made


def finished(made: Phrases, extra: Iterable[FlowPhrase]) -> Phrases:
    """The phrases with those of flows, and the findings about them together."""
    for given in extra:
        _add(made, made.trained, Phrase(given.text, given.intent, given.lang, given.place))
    if len(made.trained) > MOST_TRAINED:
        values = {"count": str(len(made.trained)), "limit": str(MOST_TRAINED)}
        largest, _ = Counter(phrase.intent for phrase in made.trained).most_common(1)[0]
        first = next(phrase for phrase in made.trained if phrase.intent == largest)
        made.findings.append(Finding(first.place, "PZ413", values))
    made.findings.extend(_few(made.trained))
    made.findings.extend(_twice(made.trained))
    made.findings.sort()
    return made


class _File:
    """Reads one file's tree."""

    def __init__(self, made: Phrases, inside: tuple[str, ...]) -> None:
        self._made = made
        self._into = made.held_out if inside[0] == "tests" else made.trained
        self._lang = next((part for part in (*inside[:-1], inside[-1].split(".")[0]) if part in ("ru", "en")), "")

    def read(self, tree: Node) -> None:
        entries = tree.get("nlu") if tree.kind == "map" else None
        if entries is None or entries.kind != "list":
            nothing = tree.empty or (entries.empty if entries else _is_other_rasa(tree))
            if not nothing:
                self._fault("PZ401", entries.place if entries else tree.place)
            return
        self._unknown(tree, (*TOP, *OTHERS_OF_RASA))
        for entry in entries.items:
            self._entry(entry)

    def _entry(self, entry: Node) -> None:
        kind = next((name for name in KINDS if entry.kind == "map" and entry.get(name)), None)
        name = entry.get(kind) if kind else None
        if kind is None or name is None or name.kind != "text" or not name.text:
            self._fault("PZ410", entry.place)
            return
        self._unknown(entry, IN_ENTRY)
        lines = list(self._lines(entry.get("examples")))
        if kind != "intent":
            self._made.other_words.extend(text for text, _ in lines if kind != "regex")
            return
        if not lines:
            self._fault("PZ403", name.place, intent=name.text)
        for text, place in lines:
            _add(self._made, self._into, Phrase(text, name.text, self._lang, place))

    def _lines(self, examples: Node | None) -> Iterator[tuple[str, Place]]:
        if examples is None or examples.empty:
            return
        if examples.kind == "text":
            yield from self._block(examples)
            return
        for item in examples.items:
            text = item.get("text") if item.kind == "map" else item
            if text is None or text.kind != "text":
                self._fault("PZ411", item.place)
            elif text.text.strip():
                yield text.text.strip().removeprefix("- "), text.place
        if examples.kind == "map":
            self._fault("PZ411", examples.place)

    def _block(self, block: Node) -> Iterator[tuple[str, Place]]:
        for at, line in enumerate(block.text.splitlines(), start=1):
            text = line.strip()
            place = Place(block.place.file, block.place.line + at, block.place.column)
            if text.startswith("-"):
                if phrase := text[1:].strip():
                    yield phrase, place
            elif text and not text.startswith("#"):
                self._fault("PZ411", place)

    def _unknown(self, node: Node, known: tuple[str, ...]) -> None:
        for key, _ in node.pairs:
            if key.text not in known:
                self._fault("PZ402", key.place, key=key.text, known=", ".join(known[:6]))

    def _fault(self, code: str, place: Place, **values: str) -> None:
        self._made.findings.append(Finding(place, code, values))


def _is_other_rasa(tree: Node) -> bool:
    return any(key.text in OTHERS_OF_RASA for key, _ in tree.pairs)


def _add(made: Phrases, into: list[Phrase], given: Phrase) -> None:
    text, place = given.text, given.place
    if len(text) > LONGEST:
        made.findings.append(Finding(place, "PZ409", {"length": str(len(text)), "limit": str(LONGEST)}))
        return
    try:
        sentences, more = expand(text)
    except NotClosedError:
        made.findings.append(Finding(place, "PZ407", {"phrase": text}))
        return
    if more:
        made.findings.append(Finding(place, "PZ408", {"phrase": text, "limit": str(MOST)}))
    into.extend(replace(given, text=sentence) for sentence in sentences if words(sentence))


def evenly(chosen: list[Phrase]) -> list[Phrase]:
    """No more phrases than a model learns from: of every intent the first ones, as many as fit."""
    if len(chosen) <= MOST_TRAINED:
        return chosen
    counts = Counter(phrase.intent for phrase in chosen)
    fits = bisect_right(range(1, MOST_TRAINED), MOST_TRAINED, key=lambda n: sum(min(n, c) for c in counts.values()))
    share = max(1, fits)
    taken: Counter[str] = Counter()
    kept = []
    for phrase in chosen:
        taken[phrase.intent] += 1
        if taken[phrase.intent] <= share:
            kept.append(phrase)
    return kept[:MOST_TRAINED]


def _few(trained: list[Phrase]) -> Iterator[Finding]:
    counts = Counter(phrase.intent for phrase in trained)
    first = {phrase.intent: phrase.place for phrase in reversed(trained)}
    for intent, count in counts.items():
        if count < FEW:
            yield Finding(first[intent], "PZ404", {"intent": intent, "count": str(count)})


def _twice(trained: list[Phrase]) -> Iterator[Finding]:
    """Phrases of two intents with the same words, or the same stems."""
    said: dict[tuple[bool, tuple[str, ...]], Phrase] = {}
    for phrase in trained:
        key = phrase.intent.startswith(CATEGORY), tuple(stems(phrase.text))
        first = said.setdefault(key, phrase)
        if first.intent != phrase.intent:
            code = "PZ405" if words(first.text) == words(phrase.text) else "PZ406"
            values = {"phrase": phrase.text, "intent": phrase.intent, "other": first.intent, "place": str(first.place)}
            yield Finding(phrase.place, code, values)
