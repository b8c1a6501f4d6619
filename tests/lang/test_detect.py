import pytest

from presszero.lang.detect import detect


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("не работает интернет", "ru"),
        ("my internet is not working", "en"),
        ("wi-fi не работает, router TP-Link", "ru"),
        ("ok", None),
        ("router", None),
        ("тык", "ru"),
        ("asdfgh", None),
        ("12345", None),
        ("", None),
        ("🙂", None),
        ("у меня iphone и smart tv", "ru"),
        ("the роутер is broken again", "en"),
        ("не працює інтернет", "ru"),
    ],
)
def test_language(text, lang):
    assert detect(text)[0] == lang


def test_known_words_are_counted_so_that_one_word_need_not_decide():
    assert detect("thanks") == ("en", 1)
    assert detect("please help me today") == ("en", 4)
    assert detect("спасибо за помощь") == ("ru", 3)
    assert detect("роутер zyxel keenetic") == ("ru", 1)
