from time import process_time

import pytest
from hypothesis import given, settings
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
        ("не работает интернте, где мой договорр", "не работает интернет, где мой договор"),
        ("rfr yfcnhjbnm vpn yf hjenth", "как настроить vpn на роутер"),
        ("4to u menya s tarifom", "что у меня с тарифом"),
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
        "мне нравится r n b",
        "open grubhub",
        "speak mandarin",
        "what state is david lynch from",
        "сделай эспрессо, останься и скажи, что это за штука и сбой",
    ],
)
def test_leaves_alone(text):
    assert REPAIRER.repair(text).changes == ()
    assert read(text) == text


GIBBERISH = """
zzz|яяя|zzz zzz zzz|qwerty|asdf|asdfgh|asdasd|qweqwe|zxcvbn|hjkl|dfgdfg|sdfsdf sdfsdf|lkjlkj|йцукен|фыва|фывафыва
ячсмить|пвапва|вапвап ывапр|хзхз|ккк|мммм|ыыы|ааааа|aaaa|Vvvvv|hhhhh|xxx|jjjj|brb|afk|lol|XD|:D|???|... ...
ERR42|E1001|ORD-123456|заказ AB12CD34|A1B2C3|код x7f9k|mp3|h264|covid-19|ipv6|css|nginx|hvac
TP-Link Archer|мой роутер Keenetic Giga|купил Xiaomi Redmi|телефон samsung galaxy|не работает jupyter notebook
игра dota|приложение zoom|ошибка timeout|kubectl get pods|git push|bonjour monsieur|schönen tag|blah blah
"""


@pytest.mark.parametrize("text", GIBBERISH.replace("\n", "|").strip("|").split("|"))
def test_makes_no_sense_of_what_has_none(text):
    assert read(text) == text


@given(st.text(alphabet="йцукеabc[];'. ", max_size=1500))
@settings(max_examples=30)
def test_any_text_is_cheap(text):
    start = process_time()
    read(text)
    assert process_time() - start < 0.2  # 20 ms on a quiet machine


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
