"""Every line of a dialogue test does what it says, and one that does not hold is shown with what there was instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.played.desks import play

WHOLE = """\
  - name: "word: ${said}"
    lang: ru
    clock: "2026-11-24 11:30"
    services: {shop.order: [not_found, {state: едет, days: 2}], shop.book: failed}
    table:
      - {said: где мой заказ}
      - {said: что с заказом}
    talk:
      - user: "${said}"
      - at: order/which
      - user: "1111"
      - at: which
      - user: "2222"
      - bot: осталось 2 дня
      - not_bot: час
      - slot: {order_number: "2222"}
      - user: завтра
      - ticket: {category: order/lost, queue: care}
      - ended: yes
  - name: people
    customer: {verified: yes, name: Пётр}
    talk:
      - start: yes
      - user: оператор
      - handoff: yes
      - holder: queue
      - operator: Слушаю вас
      - holder: person
      - file: photo.jpg
      - resolved: yes
      - holder: bot
  - name: nobody comes
    talk:
      - user: нужен ремонт
      - user: оператор
      - after: 6m
      - ticket: {category: callback}
      - bot: Записали вопрос
  - name: given back
    talk:
      - user: нужен ремонт
      - user: оператор
      - operator: Минуту
      - returned: yes
      - at: number
  - name: keys only
    channel: voice
    talk:
      - user: нужен ремонт
      - digits: "123456#"
      - at: part
      - buttons: ["1", "2"]
      - digits: "2"
      - slot: {part: belt}
  - name: a press that comes late
    talk:
      - user: нужен ремонт
      - user: "123456"
      - press: Мотор
      - press: repair/part/belt
      - slot: {part: motor}
"""


def test_every_line(tmp_path: Path) -> None:
    _, done = play(tmp_path, WHOLE)
    assert len(done.played) == 7
    assert {p.script.name: p.failure.line() for p in done.played if p.failure} == {}


ORDER = "  - name: one\n    services: {shop.order: {state: едет, days: 2}}\n    talk:\n      - user: где мой заказ\n"
FAILS = [
    ("bot: ничего", "Номер заказа?"),
    ("not_bot: Номер заказа", "Номер заказа?"),
    ("at: lost", "order/which"),
    ("buttons: [Да]", "[]"),
    ("slot: {order_number: '1'}", "order_number="),
    ("ticket: {category: order/lost}", "-"),
    ("handoff: care", "bot"),
    ("holder: person", "bot"),
    ("ended: yes", "order"),
    ("press: Да", "-"),
]


@pytest.mark.parametrize(("line", "there"), FAILS, ids=[f[0] for f in FAILS])
def test_what_does_not_hold_is_shown(tmp_path: Path, line: str, there: str) -> None:
    _, done = play(tmp_path, ORDER + f"      - {line}\n      - at: which\n")
    [played] = done.played
    assert played.failure
    assert (played.failure.code, played.failure.place.line) == ("PZ803", 6)
    assert played.got == there
    assert [e.kind for e in played.entries] == ["done", "said", "failed"]
    assert played.log[-1].startswith("✗ ")
    for lang in ("ru", "en"):
        assert played.failure.sentence(lang)
