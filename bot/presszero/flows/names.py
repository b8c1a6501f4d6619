"""The names that texts and conditions of a flow may use, and what each of them can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

CHANNELS = ("web", "telegram", "voice", "email", "rest", "callback")


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands under a name: a slot's or a result's type, and the only values it can have, where that is known."""

    kind: str = "text"
    values: frozenset[str] | None = None

    def gives(self, value: str) -> bool:
        """Whether the value can ever stand there."""
        if self.values is not None:
            return value in self.values
        if self.kind in {"number", "rating"}:
            return _number(value)
        return value.isdigit() if self.kind == "digits" else True

    @property
    def compares(self) -> bool:
        """Whether ``at_most`` and its kin make sense."""
        return self.kind in {"number", "rating", "digits", "any"}


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


TEXT, NUMBER, ANY = Shape("text"), Shape("number"), Shape("any")
YES_NO = Shape("yes_no", frozenset({"yes", "no"}))
TICKET = dict.fromkeys("title category category_title state_text due link".split(), TEXT) | {  # noqa: SIM905
    "number": ANY,
    "state": Shape("text", frozenset({"new", "open", "waiting", "resolved", "closed"})),
}
ENGINE: Mapping[str, Shape] = {
    "last_question": TEXT,
    "channel": Shape("text", frozenset(CHANNELS)),
    "lang": TEXT,
    "desk.name": TEXT,
    "queue.place": NUMBER,
    "queue.wait_min": NUMBER,
    "queue.name": TEXT,
    "queue.title": TEXT,
    "queue.opens": TEXT,
    "customer.verified": YES_NO,
} | {f"customer.{name}": ANY for name in ("name", "segment", "region", "lang", "phone", "email", "contract")}
# Names that conditions or the engine use as they are: a slot of that name would hide them.
RESERVED = frozenset(
    "all any not filled open channel lang tag tags customer told page queue desk last_question tried operator end".split()  # noqa: SIM905
)
BRIEF = frozenset({"last_question", "tried"})


def shape_of(kind: str) -> Shape:
    """The shape of a declared type."""
    return YES_NO if kind == "yes_no" else Shape(kind)


@dataclass(slots=True)
class Names:
    """Dotted names of one flow. Below an ``open`` root anything may stand: nobody declared what does."""

    shapes: dict[str, Shape] = field(default_factory=lambda: dict(ENGINE))
    open: set[str] = field(default_factory=lambda: {"page"})
    unchecked: bool = False

    def find(self, name: str) -> Shape | None:
        """What stands under a name, or None when nothing ever does."""
        found = self.shapes.get(name)
        if found is None and (self.unchecked or (name.partition(".")[0] in self.open and "." in name)):
            return ANY
        return found

    def add(self, name: str, shape: Shape) -> None:
        """One more name; two sources of one name make it hold either's values."""
        before = self.shapes.get(name)
        if before is None:
            self.shapes[name] = shape
        elif before != shape:
            both = before.values | shape.values if before.values and shape.values else None
            self.shapes[name] = Shape(before.kind if before.kind == shape.kind else "any", both)

    def update(self, other: Mapping[str, Shape]) -> None:
        """Adds names."""
        for name, shape in other.items():
            self.add(name, shape)

    def alike(self) -> Iterable[str]:
        """The names to suggest from."""
        return self.shapes
