"""The portal's questions, once a day from an address: whoever types, reloads and types again has asked once.

Addresses stay in memory and are forgotten with the day; what is kept of a question knows nothing of who asked,
unless they send it as a request.
"""

from __future__ import annotations

from collections import OrderedDict

import msgspec

from presszero.kb.gaps import DAY, MOST_A_DAY, alike
from presszero.store.asked import NewQuestion
from presszero.store.base import Store

MOST_ADDRESSES = 20_000
MOST_QUESTIONS = 60  # different ones from an address a day: more is nobody's need
MOST_COUNTS = 1000


class Once:
    """Keeps questions and counts of the portal."""

    def __init__(self) -> None:
        self._day = -1
        self._asked: OrderedDict[str, _Address] = OrderedDict()

    async def keep(self, store: Store, new: NewQuestion, now: float, address: str) -> int:
        """Keeps a question unless this address asked the same today; gives its number, or that of the earlier one.

        Of those that found nothing only the first few keep their words: the rest are counted, and make no gap.
        """
        of = self._of(address, now)
        before = of.asked
        text = new.searched or new.text
        for said, lang, number in before:
            if lang == new.lang and alike(said, text):
                return number
        if len(before) >= MOST_QUESTIONS:
            return 0
        of.unanswered += new.band == "none"
        listed = new.band != "none" or of.unanswered <= MOST_A_DAY
        number = await store.ask(new if listed else msgspec.structs.replace(new, text="", searched=""), now)
        before.append((text, new.lang, number))
        return number

    async def count(self, store: Store, name: str, now: float, address: str) -> None:
        """Counts what an address did, the first time of the day."""
        did = self._of(address, now).did
        if name not in did and len(did) < MOST_COUNTS:
            did.add(name)
            await store.count(name, now)

    def asked(self, number: int, now: float, address: str) -> bool:
        """Whether this address asked this question today: nobody speaks of another's."""
        return any(number == own for _, _, own in self._of(address, now).asked)

    def _of(self, address: str, now: float) -> _Address:
        if int(now // DAY) != self._day:
            self._day = int(now // DAY)
            self._asked.clear()
        found = self._asked.setdefault(address, _Address())
        self._asked.move_to_end(address)
        if len(self._asked) > MOST_ADDRESSES:
            self._asked.popitem(last=False)
        return found


class _Address:
    """What one address asked and did today."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, int]] = []
        self.unanswered = 0
        self.did: set[str] = set()
