import numpy as np
import pytest

from presszero.nlu import features, model
from presszero.nlu.train import FEW_PHRASES, MANY_PHRASES, SEVERAL, _likely, fit
from presszero.nlu.why import deciding

TEXTS = {
    "pay": [
        "как оплатить",
        "оплата картой",
        "где оплатить",
        "хочу заплатить за интернет",
        "где оплатить счёт",
        "how do i pay",
    ],
    "down": [
        "нет интернета",
        "не работает интернет",
        "пропала связь",
        "всё отвалилось",
        "internet is down",
        "no connection",
    ],
    "move": ["я переезжаю", "новый адрес", "перенести интернет", "сменил квартиру", "i am moving", "move my service"],
}
PAIRS = [(text, name) for name, texts in TEXTS.items() for text in texts]


@pytest.fixture(scope="module")
def trained():
    return fit([text for text, _ in PAIRS], [name for _, name in PAIRS])


def looked_at(texts, weighed):
    """The rows of features as scikit-learn makes them, fitted on the phrases."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows, looked = [], []
    for part, weight, least in ((0, 1.0, 1), (1, weighed.pairs, SEVERAL), (2, weighed.letters, 1)):
        made = TfidfVectorizer(
            analyzer=lambda text, part=part: features.of(text, ordered=weighed.ordered)[part],
            sublinear_tf=True,
            min_df=least,
        )
        rows.append(made.fit_transform([text for text, _ in PAIRS]) * weight)
        looked.append(made.transform(texts) * weight)
    return hstack(rows).tocsr(), hstack(looked).tocsr()


def test_the_words_that_decided_are_named(trained):
    assert deciding(trained, "hello i want to pay the thing", "pay")[0] == "pay"
    assert deciding(trained, "у меня опять нет интернета", "down")[0] in ("интернета", "нет")
    assert deciding(trained, "", "pay") == ()
    assert deciding(trained, "pay", "no such intent") == ()
    assert len(deciding(trained, "pay " * 200, "pay")) <= 3


ASKED = ["не могу оплатить", "интернета нет совсем", "moving to a new flat", "абракадабра", "нет нет нет"]


def test_scores_of_a_small_desk_are_those_of_the_margin(trained):
    from sklearn.svm import LinearSVC

    rows, looked = looked_at(ASKED, MANY_PHRASES)
    machine = LinearSVC(C=0.5, random_state=0).fit(rows, [name for _, name in PAIRS])
    scores = np.array([trained.signals(text)[0] for text in ASKED])
    assert trained.classes == tuple(machine.classes_)
    np.testing.assert_allclose(scores, machine.decision_function(looked), atol=2e-5)


def test_scores_by_likelihood_are_those_of_the_long_way():
    from sklearn.linear_model import LogisticRegression

    rows, looked = looked_at(ASKED, FEW_PHRASES)
    weights, bias = _likely(rows, [name for _, name in PAIRS])
    machine = LogisticRegression(C=15.0, max_iter=2000, tol=1e-8).fit(rows, [name for _, name in PAIRS])
    np.testing.assert_allclose(looked @ weights.T + bias, machine.decision_function(looked), atol=0.02)


def test_a_phrase_is_known_for_sure(trained):
    opinion = trained.opinion("Нет интернета!")
    assert opinion.ranking[0][0] == "down"
    assert opinion.confidence >= 0.99


@pytest.mark.parametrize("text", ["", "   ", "!!!", "🙂", "ß", "ы" * 5000, "a b " * 2000])
def test_nothing_is_sure_of_nonsense(trained, text):
    opinion = trained.opinion(text)
    assert opinion.confidence < 0.5
    assert len(opinion.ranking) == 3


def test_a_model_survives_its_file(trained, tmp_path):
    """Weights are kept half as exact, which changes nothing that is decided; from then on nothing changes at all."""
    model.save(trained, tmp_path / "m.npz")
    again = model.load(tmp_path / "m.npz")
    model.save(again, tmp_path / "n.npz")
    assert again.classes == trained.classes
    for text in (*ASKED, "не работает связь"):
        before, after = trained.opinion(text), again.opinion(text)
        assert after.ranking[0][0] == before.ranking[0][0]
        assert after.confidence == pytest.approx(before.confidence, abs=0.005)
        assert model.load(tmp_path / "n.npz").opinion(text) == after


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"\x00" * 100])
def test_a_file_that_is_no_model_is_refused(tmp_path, content):
    path = tmp_path / "m.npz"
    path.write_bytes(content)
    with pytest.raises((OSError, ValueError, KeyError, EOFError)):
        model.load(path)


def test_a_desk_of_one_intent_still_says_when_it_does_not_know():
    one = fit(TEXTS["down"], ["down"] * 6)
    assert one.classes == ("down",)
    assert one.opinion("совсем нет интернета").confidence > one.opinion("как приготовить борщ").confidence
    assert one.opinion("как приготовить борщ").confidence < one.act


def test_two_intents_and_one_phrase_each():
    two = fit(["нет интернета", "как оплатить"], ["down", "pay"])
    assert two.opinion("нет интернета").ranking[0][0] == "down"
    assert two.opinion("оплатить").ranking[0][0] == "pay"


def test_training_twice_gives_the_same(trained):
    again = fit([text for text, _ in PAIRS], [name for _, name in PAIRS])
    assert again.opinion("связь пропала") == trained.opinion("связь пропала")
    assert (again.act, again.offer, again.temperature) == (trained.act, trained.offer, trained.temperature)
