import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.lang.layout import to_english, to_russian
from presszero.lang.repair import Repairer

REPAIRER = Repairer(
    {"интернет": 50, "роутер": 20, "тариф": 20, "договор": 10, "приставка": 9, "internet": 40, "connection": 20}
)


def read(text):
    return REPAIRER.repair(text).text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("yt hf,jnftn bynthytn", "не работает интернет"),
        ("ytn bynthytnf&", "нет интернета&"),
        ("'nj vjq ljujdjh", "это мой договор"),
        ("GJVJUBNT GJ;FKEQCNF", "помогите пожалуйста"),
        ("руддщ", "hello"),
        ("тщ штеуктуе сщттусешщт", "no internet connection"),
        ("privet", "привет"),
        ("ne rabotaet internet", "не работает интернет"),
        ("zdravstvujte, u menya ne rabotaet pristavka", "здравствуйте, у меня не работает приставка"),
        ("zdravstvuyte pomogite pozhaluysta", "здравствуйте помогите пожалуйста"),
        ("hochu smenit tarif", "хочу сменить тариф"),
        ("xo4u tarif", "хочу тариф"),
        ("skolko stoit podklyuchenie", "сколько стоит подключение"),
        ("ITNERNET is down", "internet is down"),
        ("не работает роутре", "не работает роутер"),
        ("помогиет с договоорм", "помогите с договором"),
    ],
)
def test_mends(typed, meant):
    assert read(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "не работает интернет, помогите пожалуйста!",
        "How do I pay my bill?",
        "роутер TP-Link Archer C6, прошивка 1.2.3",
        "пишите на ivan.petrov@example.com или https://example.com/ghbdtn",
        "договор 123456, код AB-12x, порт eth0",
        "меня зовут Курбанмагомед Пшибиев",
        "my name is Siobhan Nguyen",
        "ок",
        "sms не приходит на iphone",
        "vpn wireguard",
        "",
        "🙂🙂🙂",
        "а",
        "Wi-Fi",
        "zyxel keenetic giga",
    ],
)
def test_leaves_alone(text):
    assert REPAIRER.repair(text).changes == ()
    assert read(text) == text


def test_tells_what_was_changed_and_where():
    repaired = REPAIRER.repair("договор 55, rfr jgkfnbnm?")
    assert [(c.typed, c.read) for c in repaired.changes] == [("rfr", "как"), ("jgkfnbnm", "оплатить")]
    assert repaired.text == "договор 55, как оплатить?"
    start = repaired.text.index("оплатить")
    assert repaired.typed_place(start, start + 8) == (16, 24)
    assert repaired.typed_place(8, 10) == (8, 10)


@given(st.text(max_size=200))
def test_changes_explain_the_whole_difference(text):
    repaired = REPAIRER.repair(text)
    rebuilt, last = "", 0
    for change in repaired.changes:
        assert text[change.start : change.end] == change.typed
        rebuilt += text[last : change.start] + change.read
        last = change.end
    assert rebuilt + text[last:] == repaired.text


@given(st.text(alphabet="йцукенгшщзхъфывапролджэячсмитьбю", max_size=40))
def test_layout_there_and_back(text):
    assert to_russian(to_english(text)) == text
