"""Who lives in the demo provider's billing: contracts, lines, plans, streets. Always the same; nothing here is a real person."""

from __future__ import annotations

from typing import NamedTuple


class Plan(NamedTuple):
    """A plan as it is sold; the label is for customers of both languages."""

    value: str
    name: str
    label: str
    price: int
    mbit: int


class Contract(NamedTuple):
    """A contract and the line behind it."""

    name: str
    address: str
    plan: str
    balance: int
    mbit: int
    outage: bool = False
    eta_h: int = 0
    blocked: bool = False


PLANS = {
    p.value: p
    for p in (
        Plan("trail", "Тропинка / Trail", "Тропинка / Trail, 450 ₽", 450, 100),
        Plan("highway", "Тракт / Highway", "Тракт / Highway, 650 ₽", 650, 300),
        Plan("pole", "Полюс / Pole", "Полюс / Pole, 900 ₽", 900, 900),
    )
}
CONTRACTS = {
    "123456": Contract("Олег Ветров", "Полярная, 3", "highway", 210, 296),
    "555666": Contract("Марина Лебедева", "Лесная, 14", "highway", 40, 0, outage=True, eta_h=3),
    "654321": Contract("Анна Ким", "Речная, 8", "trail", -450, 0, blocked=True),
    "777888": Contract("Илья Морозов", "Садовая, 21", "pole", 1200, 94),
}
# Streets that the network reaches, and after how many working days a new line works there. Others have none.
STREETS = {
    "лесная": 2,
    "полярная": 2,
    "речная": 2,
    "садовая": 2,
    "мира": 3,
    "forest": 2,
    "polar": 2,
    "river": 2,
    "garden": 2,
}
# Requests that were made before: their state, and in how many days somebody comes.
REQUESTS = {"3381": ("мастер назначен / technician assigned", 1), "10452": ("в работе / in progress", 2)}
