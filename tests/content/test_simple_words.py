"""The two main terms in simple words, about level A2: for who has little Dutch, or reads slowly."""

import pytest

from bot.editing.readability import reading_ease
from dialogues import markup
from dialogues.content import Content, Term, topic_of
from dialogues.language import sentences, words

TOPIC = "eenvoudig"
# Texts at A2 for adults have at most ten words in a sentence; elsewhere there may be twenty.
LONGEST = 10
# Of Flesch-Douma, where 60 is ordinary and 80 very easy; the ordinary explanations have 74 to 80.
EASY = 85


@pytest.fixture
def simple(content: Content) -> list[Term]:
    return [content.terms[name] for name in content.topics[TOPIC]]


def test_both_main_terms_are_there(simple: list[Term]) -> None:
    assert [term.id for term in simple] == ["eenvoudig_coproductie", "eenvoudig_cocreatie"]


def test_they_read_easily(simple: list[Term]) -> None:
    for term in simple:
        for text in (term.text, term.more):
            plain = markup.plain(text)

            assert reading_ease(plain) >= EASY
            for sentence in sentences(plain):
                assert len(words(sentence)) <= LONGEST, sentence


def test_each_leads_to_the_ordinary_explanation_and_back(
    content: Content, simple: list[Term]
) -> None:
    for term in simple:
        ordinary = content.terms[term.id.removeprefix(f"{TOPIC}_")]

        assert ordinary.id in term.see_also
        assert ordinary.see_also[0] == term.id
        assert topic_of(ordinary) == ordinary.id
