"""Files in the shape that projects made with Rasa have: each is read as it is, or said to be none of ours."""

import pytest

from presszero.nlu import read

MOODBOT = """
version: "3.1"

nlu:
- intent: greet
  examples: |
    - hey
    - hello there
    - good morning
    - goodevening
    - moin
- intent: mood_great
  examples: |
    - I am feeling great
    - my day was [amazing](mood:great)
    - [perfect]{"entity": "mood", "value": "great"}
    - extremely good
    - so so perfect
"""
RESTAURANT = """
version: "3.1"
nlu:
  - intent: request_restaurant
    examples: |
      - im looking for a restaurant
      - can i get [swedish](cuisine) food in any location
      - a restaurant with [caribbean](cuisine) food
      - i want a seat [outside]{"entity": "seating", "value": "True", "role": "wish", "group": "1"}
      - a restaurant for [four]{"entity": "number", "value": "4"} people in the [north](area)
  - synonym: vegetarian
    examples: |
      - veggie
      - vegg
  - regex: greet
    examples: |
      - hey[^\\s]*
  - lookup: cuisine
    examples: |
      - afghan
      - belgian
"""
RETRIEVAL = """
version: "3.1"
nlu:
- intent: faq/ask_channels
  metadata:
    sentiment: neutral
  examples:
    - text: |
        what channels of communication does it support?
      metadata:
        lang: en
    - text: |
        which channels?
    - text: what platforms
    - text: does it work in a messenger
    - text: where can I put it
- intent: "faq/сколько стоит"
  examples: |
    - сколько стоит
    - какая цена у [пиццы](dish)
    - почём [пицца]{"entity":"dish","value":"пицца"}
    - цена вопроса
    - стоимость
"""
DOMAIN = """
version: "3.1"
intents: [greet, goodbye]
entities: [mood]
slots:
  mood: {type: text, mappings: [{type: from_entity, entity: mood}]}
responses:
  utter_greet:
  - text: "Hey! How are you?"
actions: [action_hello]
session_config: {session_expiration_time: 60}
"""
STORIES = """
version: "3.1"
stories:
- story: happy path
  steps:
  - intent: greet
  - action: utter_greet
rules:
- rule: say goodbye
  steps:
  - intent: goodbye
  - action: utter_goodbye
"""
ALL_IN_ONE = MOODBOT + "responses:\n  utter_greet:\n  - text: hi\nrules:\n- rule: r\n  steps: [{intent: greet}]\n"


def texts(found):
    return {p.text for p in found.trained}


@pytest.mark.parametrize(
    ("text", "count", "some"),
    [
        (MOODBOT, 10, {"my day was amazing", "perfect"}),
        (
            RESTAURANT,
            5,
            {
                "can i get swedish food in any location",
                "i want a seat outside",
                "a restaurant for four people in the north",
            },
        ),
        (RETRIEVAL, 10, {"which channels?", "какая цена у пиццы", "почём пицца"}),
        (ALL_IN_ONE, 10, {"so so perfect"}),
    ],
)
def test_phrases_are_read_and_marks_taken_out(write, text, count, some):
    found = read(write(data=text))
    assert [f for f in found.findings if f.severity == "error"] == []
    assert len(found.trained) == count
    assert some <= texts(found)


@pytest.mark.parametrize("text", [DOMAIN, STORIES])
def test_what_a_project_has_besides_is_no_fault(write, text):
    found = read(write(domain=text, nlu=MOODBOT))
    assert found.findings == []
    assert len(found.trained) == 10


def test_words_of_synonyms_and_tables_are_known_to_the_speller(write):
    known = read(write(data=RESTAURANT)).vocabulary()
    assert {"veggie", "vegg", "afghan", "belgian"} <= set(known)
    assert not any("\\" in word or "[" in word for word in known)


def test_names_of_intents_stay_as_they_are(write):
    found = read(write(data=RETRIEVAL))
    assert {p.intent for p in found.trained} == {"faq/ask_channels", "faq/сколько стоит"}
