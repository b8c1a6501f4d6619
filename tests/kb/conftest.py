"""A small desk of a bicycle workshop: articles as a support lead writes them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from presszero.kb.library import Library

TODAY = date(2026, 11, 23)

RU = {
    "puncture": (
        "Прокол колеса",
        ["спустило колесо", "пробил камеру", "заклеить прокол"],
        """Заклеим камеру за 15 минут, цена 300 ₽. Приходите без записи.

## Если разрезана покрышка

Покрышку с порезом не клеим, поставим новую. Шины на 26 и 29 дюймов всегда в наличии.""",
    ),
    "brakes": (
        "Тормоза скрипят или не держат",
        ["скрипят тормоза", "плохо тормозит", "стёрлись колодки"],
        "Поменяйте колодки: они служат около 2000 км. Замена колодок стоит 500 ₽ за колесо.",
    ),
    "chain": (
        "Цепь слетает",
        ["слетает цепь", "проскакивает цепь"],
        "Проверим износ цепи и настроим переключатель за день.",
    ),
    "payment": (
        "Как оплатить ремонт",
        ["чем можно оплатить", "принимаете карты", "оплата по QR-коду"],
        "Платить можно картой, наличными и по QR-коду. Чек придёт на почту.",
    ),
    "warranty": (
        "Гарантия на работы",
        ["есть ли гарантия", "сломалось снова после ремонта"],
        "Гарантия на ремонт 30 дней. Покажите квитанцию, исправим бесплатно.",
    ),
    "hours": (
        "Когда мы открыты",
        ["график работы", "вы работаете в выходные"],
        "Ежедневно с 10:00 до 20:00, без обеда.",
    ),
    "storage": (
        "Зимнее хранение велосипеда",
        ["оставить велосипед на зиму"],
        "Хранение стоит 700 ₽ в месяц, с ноября по март.",
    ),
}
EN = {
    "puncture": (
        "A punctured wheel",
        ["flat tyre", "my tube has a hole", "patch a puncture"],
        "We patch the tube in 15 minutes for 300 ₽. No appointment is needed.",
    ),
    "brakes": (
        "Brakes squeal or do not hold",
        ["squealing brakes", "brakes are weak", "worn pads"],
        "Change the pads: they last about 2000 km. New pads cost 500 ₽ a wheel.",
    ),
    "payment": (
        "How to pay for a repair",
        ["do you take cards", "ways to pay", "QR code payment"],
        "Pay by card, in cash or by QR code. The receipt comes by e-mail.",
    ),
    "warranty": (
        "Warranty on repairs",
        ["is there a warranty", "broke again after the repair"],
        "The warranty is 30 days. Show the receipt and we mend it free of charge.",
    ),
    "hours": ("When we are open", ["opening hours", "are you open at weekends"], "Every day from 10:00 to 20:00."),
    "gift": ("Gift certificates", ["buy a gift certificate"], "Certificates from 1000 ₽ are sold at the counter."),
}

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of the desk in ``tmp_path``; gives the desk."""

    def put(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return put


def article(title: str, questions: list[str], body: str) -> str:
    listed = "".join(f"\n  - {question}" for question in questions)
    return f"---\ntitle: {title}\nquestions:{listed}\nowner: workshop\n---\n{body}\n"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    desk = tmp_path_factory.mktemp("desk")
    for lang, articles in (("ru", RU), ("en", EN)):
        (desk / "kb" / lang).mkdir(parents=True)
        for slug, parts in articles.items():
            (desk / "kb" / lang / f"{slug}.md").write_text(article(*parts), encoding="utf-8")
    made, findings = Library.load(desk, ["ru", "en"], TODAY)
    assert {finding.code for finding in findings} == {"PZ511"}
    return made
