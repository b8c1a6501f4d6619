import textwrap

import pytest

from presszero.errors import ContentError, Place
from presszero.nlu import FlowPhrase, load, read

RASA = textwrap.dedent(
    """\
    version: "3.1"
    nlu:
    - intent: check_balance
      examples: |
        - What's my [credit](account) balance?
        - What's the balance on my [credit card account]{"entity":"account","value":"credit"}
        - show [savings]{"entity": "account", "role": "source"} balance
        # a comment
        - balance please
        - how much money is left
    - intent: greet
      metadata:
        sentiment: neutral
      examples:
        - text: |
            hi
          metadata: {sentiment: neutral}
        - text: hey there
        - "good morning"
        - hello
        - hi again
    - synonym: credit
      examples: |
        - credit card account
    - regex: account_number
      examples: |
        - \\d{10,12}
    - lookup: banks
      examples: |
        - JPMC
        - Comerica
    """
)


def codes(found):
    return [(finding.code, finding.place.line) for finding in found.findings]


def test_rasa_files_are_read_as_they_are(write):
    found = read(write(en__bank=RASA))
    assert found.findings == []
    texts = {(p.intent, p.text) for p in found.trained}
    assert ("check_balance", "What's my credit balance?") in texts
    assert ("check_balance", "What's the balance on my credit card account") in texts
    assert ("check_balance", "show savings balance") in texts
    assert ("greet", "hi") in texts
    assert len(found.trained) == 10
    assert {p.lang for p in found.trained} == {"en"}
    assert next(p.place for p in found.trained if p.text == "balance please") == Place("nlu/en/bank.yml", 9, 13)
    assert found.vocabulary()["comerica"] == 1


def test_held_out_files_are_not_trained_and_categories_are_apart(write):
    lines = "".join(
        f"    - {text}\n" for text in ("нет связи", "обрыв", "линия лежит", "не подключается", "пропала сеть")
    )
    root = write(
        ru__a=f"nlu:\n- intent: no_link\n  examples: |\n{lines}- intent: category/network/no_link\n  examples: |\n{lines}",
        tests__ru="nlu:\n- intent: no_link\n  examples: |\n    - сеть пропала\n- intent: oos\n  examples: |\n    - анекдот\n",
    )
    found = read(root)
    assert found.findings == []
    assert [p.intent for p in found.held_out] == ["no_link", "oos"]
    assert {p.lang for p in found.held_out} == {"ru"}
    assert {label for _, label in found.pairs(categories=False)} == {"no_link"}
    assert {label for _, label in found.pairs(categories=True)} == {"network/no_link"}


def test_phrases_of_flows_join_in(tmp_path):
    given = [
        FlowPhrase("move", "ru", text, Place("flows/move.yaml", 7, 11)) for text in ("переезд", "я [скоро] переезжаю")
    ]
    found = read(tmp_path, given)
    assert [(p.text, p.intent) for p in found.trained] == [
        ("переезд", "move"),
        ("я переезжаю", "move"),
        ("я скоро переезжаю", "move"),
    ]
    assert codes(found) == [("PZ404", 7)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("- a\n- b\n", "PZ401", 1),
        ("nlu: text\n", "PZ401", 1),
        ("nlu:\n- intent: a\n  examples: |\n    - b c\n  exampels: x\n", "PZ402", 5),
        ("nlu:\n- intent: a\n", "PZ403", 2),
        ("nlu:\n- intent: a\n  examples:\n", "PZ403", 2),
        ("nlu:\n- intent: a\n  examples: |\n    - one phrase\n", "PZ404", 4),
        (
            "nlu:\n- intent: a\n  examples: |\n    - нет связи\n- intent: b\n  examples: |\n    - Нет связи!\n",
            "PZ405",
            7,
        ),
        (
            "nlu:\n- intent: a\n  examples: |\n    - новая заявка\n- intent: b\n  examples: |\n    - новую заявку\n",
            "PZ406",
            7,
        ),
        ("nlu:\n- intent: a\n  examples: |\n    - я [не закрыл\n", "PZ407", 4),
        ("nlu:\n- intent: a\n  examples: |\n    - (a|b)(c|d)(e|f)(g|h)(i|j)(k|l)(m|n)\n", "PZ408", 4),
        (f"nlu:\n- intent: a\n  examples: |\n    - {'длинно ' * 100}\n", "PZ409", 4),
        ("nlu:\n- itent: a\n  examples: |\n    - b\n", "PZ410", 2),
        ("nlu:\n- just text\n", "PZ410", 2),
        ("nlu:\n- intent: [a, b]\n  examples: |\n    - b\n", "PZ410", 2),
        ("nlu:\n- intent: a\n  examples: |\n    нет дефиса\n", "PZ411", 4),
        ("nlu:\n- intent: a\n  examples: {x: y}\n", "PZ411", 3),
        ("nlu:\n- intent: a\n  examples:\n  - [a]\n", "PZ411", 4),
    ],
)
def test_faults_have_a_code_and_a_place(write, text, code, line):
    found = read(write(ru__x=text))
    assert (code, line) in codes(found)
    for finding in found.findings:
        for lang in ("ru", "en"):
            assert "{" not in finding.sentence(lang).replace("{entity}", "")
            assert finding.sentence(lang)


def test_a_file_that_is_no_yaml_is_told_with_the_others(write):
    found = read(write(ru__x="nlu: [\n", ru__y="nlu:\n- intent: a\n"))
    assert [finding.place.file for finding in found.findings] == ["nlu/ru/x.yml", "nlu/ru/y.yml"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "nlu:\n", "stories:\n- story: a\n", "nlu: []\n"])
def test_an_empty_file_is_no_fault(write, text):
    assert read(write(ru__x=text)).findings == []


def test_a_desk_with_errors_is_not_loaded(write, tmp_path):
    with pytest.raises(ContentError) as caught:
        load(write(ru__x="nlu:\n- intent: a\n"), (), tmp_path / "cache")
    assert [finding.code for finding in caught.value.findings] == ["PZ403"]


def test_the_demo_desk_has_no_findings(desk_phrases):
    assert len(desk_phrases.trained) > 1000
    assert [finding.line() for finding in desk_phrases.findings if finding.code.startswith("PZ4")] == []
