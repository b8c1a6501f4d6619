"""Between acting and not understanding: the likeliest flows as buttons and the operator; a second miss goes on from there."""

from presszero.dialogue import effects, events
from presszero.dialogue.effects import SearchKb
from presszero.dialogue.events import Facts
from presszero.dialogue.knowledge import NOTHING_FOUND
from presszero.dialogue.parse import Guess, Parse
from presszero.dialogue.state import State
from presszero.dialogue.step import step
from tests.dialogue.sets import demo

WEB = Facts(channel="web")
LIKELY = tuple(
    Guess(name, 0.4 - 0.05 * at) for at, name in enumerate(["slow_speed", "no_connection", "wifi_router", "tv_problem"])
)


def says(state, text, band="none", ranking=()):
    """A turn of a customer; articles find nothing."""
    parse = Parse(text=text, lang="en", known=2, band=band, confidence=0.4 if ranking else 0.05, ranking=ranking)
    taken = step(demo(), state, events.Heard(at=1.0, facts=WEB, text=text, parse=parse))
    tells = list(taken.tells)
    while isinstance(taken.ask, SearchKb):
        answer = events.KbAnswered(at=1.0, facts=WEB, id=taken.ask.id, answer=NOTHING_FOUND)
        taken = step(demo(), taken.state, answer)
        tells += taken.tells
    return taken.state, [tell for tell in tells if isinstance(tell, effects.Say)]


def buttons(said):
    return [button.payload for one in said for button in one.buttons]


def test_three_flows_at_most_and_the_operator():
    state, said = says(State(lang="en"), "the net thing", "offer", LIKELY)
    flows = [payload for payload in buttons(said) if payload.startswith("!offer/flows/")]
    assert len(flows) == 3
    assert flows[0].endswith("/slow_speed")
    assert "!operator" in buttons(said)
    assert state.offer is not None


def test_a_choice_by_its_number_starts_its_flow():
    state, said = says(State(lang="en"), "the net thing", "offer", LIKELY)
    second = [payload for payload in buttons(said) if payload.startswith("!offer/flows/")][1].rpartition("/")[2]
    state, said = says(state, "2")
    assert said
    assert [frame.flow for frame in state.frames][-1] == second


def test_a_choice_by_its_words_starts_its_flow():
    state, said = says(State(lang="en"), "the net thing", "offer", LIKELY)
    label = next(button.label for one in said for button in one.buttons if button.payload.endswith("slow_speed"))
    state, said = says(state, label)
    assert [frame.flow for frame in state.frames][-1] == "slow_speed"


def test_misses_are_said_in_other_words_and_end_with_a_person_at_hand():
    state, texts = State(lang="en"), []
    for text in ("qwop", "zxcv plugh", "xyzzy"):
        state, said = says(state, text)
        texts.append(" ".join(one.text for one in said))
        assert "!operator" in buttons(said) or state.holder == "queue" or state.frames, texts
    assert len(set(texts)) >= 2, "nobody hears the same sentence three times"


def test_an_offer_that_is_not_taken_is_no_dead_end():
    state, _ = says(State(lang="en"), "the net thing", "offer", LIKELY)
    state, said = says(state, "qwop zxcv")
    assert said
    assert "!operator" in buttons(said) or state.frames
