"""What people ask is recognised, also in words that the content does not have."""

import pytest

from dialogues.content import Content
from dialogues.events import Answer, Help, Restart
from dialogues.flow import Flow
from dialogues.intents import meanings
from dialogues.spelling import bare
from dialogues.state import NEW
from dialogues.understanding import Understanding
from tests.made_once import understanding_of
from tests.understanding.labelled import (
    ASKED,
    OPEN,
    Sentence,
    answered,
    confused,
    missed,
    samples,
    sentences,
)

SETS = {"onderwerpen": 300, "buiten": 60, "gesprek": 100}
REPLIES = {"ja hoor": "ja", "jazeker": "ja", "klopt": "ja", "yes": "ja", "nee": "nee"}
REPLIES |= {"nope": "nee", "niet echt": "nee"}

pytestmark = pytest.mark.usefixtures("unmeasured")


@pytest.fixture(scope="module")
def understanding(flow: Flow) -> Understanding:
    return understanding_of(flow)


@pytest.mark.parametrize(("name", "least"), SETS.items())
def test_there_are_enough_sentences_each_once(name: str, least: int) -> None:
    texts = [bare(sentence.text) for sentence in sentences(name)]

    assert len(texts) >= least
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", SETS)
def test_no_sentence_is_a_phrasing_of_the_content(content: Content, name: str) -> None:
    phrasings = {bare(p) for meaning in meanings(content) for p in meaning.intent.phrases}
    phrasings |= {bare(p) for phrases in content.words.answers.values() for p in phrases}

    assert phrasings.isdisjoint(bare(sentence.text) for sentence in sentences(name))


def test_every_topic_is_asked_for(content: Content) -> None:
    assert {sentence.label for sentence in sentences("onderwerpen")} == set(content.texts.topics)


def test_the_topic_is_right(understanding: Understanding) -> None:
    questions = sentences("onderwerpen")
    wrong = confused(understanding, questions)

    assert wrong.total() <= 0.05 * len(questions), wrong


def test_what_is_not_our_subject_is_recognised_as_such(understanding: Understanding) -> None:
    others = sentences("buiten")
    wrong = answered(understanding, others)

    assert len(wrong) <= 0.05 * len(others), wrong


def test_replies_and_commands_are_understood(understanding: Understanding) -> None:
    said = sentences("gesprek")
    wrong = missed(understanding, said)

    assert len(wrong) <= 0.1 * len(said), wrong


def test_nothing_is_wrongly_taken_for_yes_or_no(understanding: Understanding) -> None:
    wrong = [
        (sentence.text, event)
        for name in SETS
        for sentence, event in missed(understanding, sentences(name))
        if isinstance(event, Answer) and event.option in ("ja", "nee")
    ]

    assert wrong == []


@pytest.mark.parametrize("sample", [s for s in samples() if s.label], ids=lambda s: s.text)
def test_every_sample_question_has_its_topic(
    understanding: Understanding, sample: Sentence
) -> None:
    assert understanding.understand(sample.text, NEW).topic == sample.label


def test_the_samples_of_what_is_said_during_the_check(understanding: Understanding) -> None:
    question, command, replies = (s.text for s in samples() if not s.label)

    assert understanding.read(question, ASKED) == Help()
    assert understanding.read(command, ASKED) == Restart()
    assert replies.split(" / ") == list(REPLIES)
    for reply, option in REPLIES.items():
        assert understanding.read(reply, ASKED) == Answer(OPEN, option), reply


def test_the_same_sentences_give_the_same_events(understanding: Understanding, flow: Flow) -> None:
    """Nothing is remembered and nothing depends on how the object was made."""
    again = Understanding(flow)
    texts = [sentence.text for name in SETS for sentence in sentences(name)]

    for conversation in (NEW, ASKED):
        first = [understanding.understand(text, conversation) for text in texts]

        assert [again.understand(text, conversation) for text in reversed(texts)] == first[::-1]
