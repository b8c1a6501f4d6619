from datetime import UTC, datetime

import pytest

from presszero.nlu.values import find_values

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def values(text, kind):
    return [value.value for value in find_values(text, "ru", TUESDAY) if value.kind == kind]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("digits", "555666", ["555666"]),
        ("digits", "договор 123456, спасибо", ["123456"]),
        ("digits", "55-56-66", ["555666"]),
        ("digits", "555 666", ["555666"]),
        ("digits", "номер №1234567890", ["1234567890"]),
        ("digits", "пять пять пять шесть шесть шесть", ["555666"]),
        ("digits", "five five five six six six", ["555666"]),
        ("digits", "сто двадцать три четыреста пятьдесят шесть", ["123456"]),
        ("digits", "123456 и 98765432", ["123456", "98765432"]),
        ("digits", "12345678 87654321", ["12345678", "87654321"]),
        ("digits", "не знаю", []),
        ("digits", "https://example.com/12345", []),
        ("digits", "завтра в 18:30", []),
        ("digits", "12,5", []),
        ("number", "двадцать один", ["21"]),
        ("number", "twenty one", ["21"]),
        ("number", "one hundred and five", ["105"]),
        ("number", "12,5", ["12.5"]),
        ("number", "1 500,50 рублей", ["1500.5"]),
        ("number", "-5", ["-5"]),
        ("number", "2 тысячи", ["2000"]),
        ("number", "две тысячи пятьсот", ["2500"]),
        ("number", "5к", ["5000"]),
        ("number", "полтора месяца", ["1.5"]),
        ("number", "0", ["0"]),
        ("number", "no one answers", []),
        ("number", "ни один сайт не открывается", []),
        ("phone", "мой номер +7 900 123-45-67", ["+79001234567"]),
        ("phone", "8 (900) 123 45 67", ["+79001234567"]),
        ("phone", "89001234567", ["+79001234567"]),
        ("phone", "9001234567", ["+79001234567"]),
        ("phone", "+44 20 7946 0958", ["+442079460958"]),
        ("phone", "123456", []),
        ("phone", "+7 900 123", []),
        ("phone", "1234567890123456789012", []),
        ("email", "почта Ivan@Mail.RU.", ["Ivan@mail.ru"]),
        ("email", "a.b+c@sub.example.org и x@y.com", ["a.b+c@sub.example.org", "x@y.com"]),
        ("email", "иван@почта.рф", ["иван@почта.рф"]),
        ("email", "ivan@mail", []),
        ("email", "@user привет", []),
        ("email", "a@@b.ru", []),
        ("date", "сегодня", ["2026-11-24"]),
        ("date", "завтра в 6 вечера", ["2026-11-25"]),
        ("date", "послезавтра", ["2026-11-26"]),
        ("date", "the day after tomorrow", ["2026-11-26"]),
        ("date", "25.11", ["2026-11-25"]),
        ("date", "23.11", ["2027-11-23"]),
        ("date", "1.12.26", ["2026-12-01"]),
        ("date", "2026-12-01", ["2026-12-01"]),
        ("date", "11/25", ["2026-11-25"]),
        ("date", "25 ноября", ["2026-11-25"]),
        ("date", "двадцать пятого ноября", ["2026-11-25"]),
        ("date", "November 25th", ["2026-11-25"]),
        ("date", "25th of November 2026", ["2026-11-25"]),
        ("date", "в понедельник", ["2026-11-30"]),
        ("date", "во вторник", ["2026-12-01"]),
        ("date", "в среду", ["2026-11-25"]),
        ("date", "next Friday", ["2026-12-04"]),
        ("date", "Friday", ["2026-11-27"]),
        ("date", "в следующую пятницу", ["2026-12-04"]),
        ("date", "на следующей неделе в среду", ["2026-12-02"]),
        ("date", "в прошлую пятницу", ["2026-11-20"]),
        ("date", "через 3 дня", ["2026-11-27"]),
        ("date", "через две недели", ["2026-12-08"]),
        ("date", "через месяц", ["2026-12-24"]),
        ("date", "in a week", ["2026-12-01"]),
        ("date", "3 days ago", ["2026-11-21"]),
        ("date", "15 числа", ["2026-12-15"]),
        ("date", "29 февраля", ["2028-02-29"]),
        ("date", "31.02", []),
        ("date", "31 февраля", []),
        ("date", "99.99.9999", []),
        ("date", "мой май", []),
        ("date", "I may call", []),
        ("date", "второй день сижу без интернета", []),
        ("date", "через 99999 лет", []),
        ("date", "через 9999 лет", []),
        ("time", "18:00", ["18:00"]),
        ("time", "в 6 вечера", ["18:00"]),
        ("time", "в 6 утра", ["06:00"]),
        ("time", "в 6", ["18:00"]),
        ("time", "в 10", ["10:00"]),
        ("time", "в шесть часов", ["18:00"]),
        ("time", "в 12 дня", ["12:00"]),
        ("time", "в 12 ночи", ["00:00"]),
        ("time", "в 15.30", ["15:30"]),
        ("time", "5pm", ["17:00"]),
        ("time", "12 am", ["00:00"]),
        ("time", "6:30 p.m.", ["18:30"]),
        ("time", "в полшестого", ["17:30"]),
        ("time", "без пятнадцати шесть", ["17:45"]),
        ("time", "half past six", ["18:30"]),
        ("time", "quarter to five", ["16:45"]),
        ("time", "noon", ["12:00"]),
        ("time", "с 10 до 12", ["10:00", "12:00"]),
        ("time", "через час", ["11:00"]),
        ("time", "через полчаса", ["10:30"]),
        ("time", "in 2 hours", ["12:00"]),
        ("time", "25:99", []),
        ("time", "в 5 подъезде", []),
        ("time", "в 10 раз дороже", []),
        ("time", "3 дня не работает", []),
        ("address", "ул. Ленина, д. 5, кв. 12", ["ул. Ленина, д. 5, кв. 12"]),
        ("address", "живу на улице Большая Лесная 14, кв 8, жду", ["улице Большая Лесная 14, кв 8"]),
        ("address", "г. Тверь, проспект Победы 3", ["г. Тверь, проспект Победы 3"]),
        ("address", "Ленина 15", ["Ленина 15"]),
        ("address", "Ленина д 5", ["Ленина д 5"]),
        ("address", "12 Green Street, apt 4", ["12 Green Street, apt 4"]),
        ("address", "I live at 221b Baker Street", ["221b Baker Street"]),
        ("address", "договор 15", []),
        ("address", "Договор 15", []),
        ("address", "не работает 3 дня", []),
        ("yes_no", "да", ["yes"]),
        ("yes_no", "Да, всё верно", ["yes"]),
        ("yes_no", "ага", ["yes"]),
        ("yes_no", "yes please", ["yes"]),
        ("yes_no", "нет", ["no"]),
        ("yes_no", "Нет, не помогло", ["no"]),
        ("yes_no", "неа", ["no"]),
        ("yes_no", "да нет", ["no"]),
        ("yes_no", "nope", ["no"]),
        ("yes_no", "no, it is still broken", ["no"]),
        ("yes_no", "нет интернета", []),
        ("yes_no", "no internet", []),
        ("yes_no", "да когда же вы ответите", []),
        ("yes_no", "дача", []),
        ("yes_no", "не работает", []),
        ("rating", "5", ["5"]),
        ("rating", "five", ["5"]),
        ("rating", "пять", ["5"]),
        ("rating", "на четвёрку", ["4"]),
        ("rating", "пятёрочка", ["5"]),
        ("rating", "5 из 5", ["5"]),
        ("rating", "4/5", ["4"]),
        ("rating", "10 из 10", ["10"]),
        ("rating", "3 stars", ["3"]),
        ("rating", "ставлю 2", ["2"]),
        ("rating", "⭐⭐⭐⭐", ["4"]),
        ("rating", "0", ["0"]),
        ("rating", "5+", ["5"]),
        ("rating", "11", []),
        ("rating", "всё плохо", []),
        ("rating", "в 5 подъезде", []),
    ],
)
def test_values(kind, text, expected):
    assert values(text, kind) == expected


def test_several_in_one_sentence_each_in_its_place():
    text = "Договор 123456, приходите завтра в 6 вечера на ул. Лесная 14, тел. +7 900 123-45-67, почта a@b.ru"
    found = [(v.kind, v.value, text[v.start : v.end]) for v in find_values(text, "ru", TUESDAY)]
    assert ("digits", "123456", "123456") in found
    assert ("date", "2026-11-25", "завтра") in found
    assert ("time", "18:00", "в 6 вечера") in found
    assert ("address", "ул. Лесная 14", "ул. Лесная 14") in found
    assert ("phone", "+79001234567", "+7 900 123-45-67") in found
    assert ("email", "a@b.ru", "a@b.ru") in found
    assert [kind for kind, _, _ in found].count("digits") == 1


def test_places_are_those_of_the_typed_text():
    text = "договор пять пять пять шесть шесть шесть и завтра"
    found = {
        value.kind: text[value.start : value.end]
        for value in find_values(text, "ru", TUESDAY)
        if value.kind != "number"
    }
    assert found == {"digits": "пять пять пять шесть шесть шесть", "date": "завтра"}
