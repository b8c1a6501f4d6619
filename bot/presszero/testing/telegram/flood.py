"""How much a bot may send: about one message a second in a chat, thirty a second in all, twenty a minute in a group.

Telegram tolerates short bursts and does not publish the exact numbers; these are the published ones, and a bucket that was
overdrawn refuses until the moment it named. The clock is given, so that windows can be tested without waiting.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from presszero.testing.telegram.refusal import too_many


@dataclass
class Limits:
    """The numbers of one double; any of them may be changed by a test."""

    per_chat: float = 1.0  # messages a second
    burst: int = 3  # messages at once in a chat
    overall: float = 30.0
    overall_burst: int = 30
    per_group: int = 20  # in any sixty seconds
    text: int = 4096  # UTF-16 units, after the entities were read
    caption: int = 1024
    callback_data: int = 64  # bytes
    buttons: int = 100
    row: int = 8
    topic_name: int = 128
    upload: int = 50 << 20
    photo: int = 10 << 20
    download: int = 20 << 20
    answer_within: float = 60.0  # seconds to answer a press
    editable: float = 48 * 3600.0
    keep: float = 24 * 3600.0  # of updates
    flood: bool = True


@dataclass
class _Bucket:
    rate: float
    burst: int
    level: float = 0.0
    at: float = 0.0
    shut: float = 0.0

    def wait(self, now: float, rate: float, burst: int, cost: int) -> float:
        self.level = max(0.0, self.level - (now - self.at) * rate)
        self.at = now
        return max(self.shut - now, (self.level + cost - burst) / rate if self.level + cost > burst else 0.0)


@dataclass
class Flood:
    """What one bot has sent of late."""

    limits: Limits
    overall: _Bucket = field(default_factory=lambda: _Bucket(30.0, 30))
    chats: dict[int, _Bucket] = field(default_factory=dict)
    groups: dict[int, deque[float]] = field(default_factory=dict)

    def take(self, chat_id: int, *, group: bool, now: float, cost: int = 1) -> None:
        """Counts messages to a chat, or refuses with the seconds to wait. A refused call counts nothing."""
        if not self.limits.flood:
            return
        limits = self.limits
        chat = self.chats.setdefault(chat_id, _Bucket(limits.per_chat, limits.burst))
        waits = [
            (self.overall, self.overall.wait(now, limits.overall, limits.overall_burst, cost)),
            (chat, chat.wait(now, limits.per_chat, max(limits.burst, cost), cost)),
        ]
        if group:
            waits.append((chat, self._group_wait(chat_id, now, cost)))
        bucket, longest = max(waits, key=lambda pair: pair[1])
        if longest > 1e-9:
            seconds = max(1, math.ceil(longest))
            bucket.shut = now + longest
            raise too_many(seconds)
        self.overall.level += cost
        chat.level += cost
        if group:
            self.groups[chat_id].extend([now] * cost)

    def hold(self, chat_id: int, seconds: float, now: float) -> None:
        """From outside: this chat is shut for a while."""
        chat = self.chats.setdefault(chat_id, _Bucket(self.limits.per_chat, self.limits.burst))
        chat.shut = now + seconds

    def _group_wait(self, chat_id: int, now: float, cost: int) -> float:
        sent = self.groups.setdefault(chat_id, deque())
        while sent and sent[0] <= now - 60.0:
            sent.popleft()
        over = len(sent) + cost - self.limits.per_group
        return 0.0 if over <= 0 else sent[min(over, len(sent)) - 1] + 60.0 - now if sent else 0.0
