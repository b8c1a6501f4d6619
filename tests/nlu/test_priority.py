import pytest

from presszero.nlu.priority import priority


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("в щитке искрит провод", "urgent"),
        ("из роутера идёт дым", "urgent"),
        ("Дымится коробка на лестнице", "urgent"),
        ("пахнет гарью", "urgent"),
        ("провод висит над дорогой", "urgent"),
        ("ударило током от кабеля", "urgent"),
        ("no heating, baby at home", "urgent"),
        ("the socket is sparking", "urgent"),
        ("smoke from the box", "urgent"),
        ("a cable is hanging over the road", "urgent"),
        ("срочно! не работает интернет", "high"),
        ("вторые сутки без связи", "high"),
        ("весь дом без интернета", "high"),
        ("I was charged twice", "high"),
        ("it is urgent", "high"),
        ("my account was hacked", "high"),
        ("не срочно, но хотелось бы знать", "low"),
        ("просто вопрос по тарифу", "low"),
        ("no rush, just wondering", "low"),
        ("нет интернета", "normal"),
        ("хочу сменить тариф", "normal"),
        ("роутер не искрит и не дымит, просто не работает", "normal"),
        ("how do I pay", "normal"),
        ("дымчатый корпус у приставки", "normal"),
        ("", "normal"),
    ],
)
def test_priority(text, expected):
    assert priority(text).value == expected
