"""What people type is understood the same way everywhere, and nothing is guessed."""

from collections.abc import Iterator

import pytest

from dialogues.check import ways
from dialogues.content import Content
from dialogues.events import (
    About,
    Answer,
    Ask,
    Back,
    Change,
    Check,
    Continue,
    Event,
    Forget,
    Help,
    Privacy,
    Reading,
    Restart,
    ShowOutcome,
    Start,
    Stop,
    Terms,
    Unknown,
)
from dialogues.flow import Flow
from dialogues.state import NEW, PAGES, Conversation
from dialogues.understanding import COMMANDS, Understanding, bare
from dialogues.views import view
from tests.core.definition import HARD, OPTIONS, QUESTIONS

FIRST_QUESTION = Conversation()
DONE = Conversation(dict.fromkeys(QUESTIONS, "ja"))


@pytest.fixture(scope="module")
def understanding(flow: Flow) -> Understanding:
    return Understanding(flow)


def _asked(question: str) -> Conversation:
    """A conversation in which this question is open."""
    return Conversation(dict.fromkeys(QUESTIONS[: QUESTIONS.index(question)], "ja"))


@pytest.mark.parametrize(
    ("text", "bared"),
    [
        ("Cocreëren?!", "cocreeren"),
        ("  Ja,\tdat   klopt. ", "ja dat klopt"),
        ("iets extra's, iets extra’s", "iets extras iets extras"),
        ("CO-PRODUCTIE", "co productie"),
        ("straße", "strasse"),
        ("...", ""),
    ],
)
def test_bare(text: str, bared: str) -> None:
    assert bare(text) == bared


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_word_for_an_answer_answers_every_question(
    understanding: Understanding, content: Content, question: str
) -> None:
    for option, words in content.words.answers.items():
        for word in words:
            for typed in (word, word.upper(), f" {word.capitalize()}! "):
                read = understanding.read(typed, _asked(question))

                assert read == Answer(question, option), typed


def test_an_answer_without_a_question_is_recognised_as_one(
    understanding: Understanding, content: Content
) -> None:
    for words in content.words.answers.values():
        for word in words:
            for conversation in (NEW, DONE):
                assert understanding.read(word, conversation) == Unknown("answer"), word


@pytest.mark.parametrize("conversation", [NEW, DONE, *map(_asked, QUESTIONS)])
def test_every_word_for_a_command_works_everywhere(
    understanding: Understanding, content: Content, conversation: Conversation
) -> None:
    assert set(content.words.commands) == set(COMMANDS)
    for name, words in content.words.commands.items():
        for word in words:
            assert understanding.read(word, conversation) == COMMANDS[name], word
            assert understanding.read(f"{word.title()}...", conversation) == COMMANDS[name], word


# The words that these options add to ja and nee are also names of terms; there the answer wins.
@pytest.mark.parametrize("conversation", [NEW, DONE, *map(_asked, HARD)])
def test_every_name_of_a_term_or_form_finds_its_own(
    understanding: Understanding, content: Content, conversation: Conversation
) -> None:
    for term in content.terms.values():
        for name in (term.name, term.question, term.id.replace("_", " "), *term.also):
            assert understanding.read(name, conversation) == Ask(term.id), name
            assert understanding.read(f"Wat betekent {name}?", conversation) == Ask(term.id), name
    for form in content.forms.values():
        for name in (form.name, *form.also):
            assert understanding.read(name, conversation) == Ask(form.id), name


@pytest.mark.parametrize("question", ["primair_proces", "ontwerp"])
def test_other_words_for_an_option_answer_its_own_question(
    understanding: Understanding, content: Content, question: str
) -> None:
    asked = content.questions[question]
    for option in asked.options:
        for words in (option.label, *option.also):
            assert understanding.read(words, _asked(question)) == Answer(question, option.id)


@pytest.mark.parametrize(
    ("variant", "term"),
    [
        *((word, "coproductie") for word in (
            "coproductie", "co-productie", "co productie", "koproductie", "coproduktie",
            "co-produceren", "coproduceren", "coproducent",
        )),
        *((word, "cocreatie") for word in (
            "cocreatie", "co-creatie", "co creatie", "cocreëren", "co-creëren", "kocreatie",
            "co-design", "codesign",
        )),
        ("komplementaire coproduktie", "complementair"),
        ("verschil co-creatie en ko-productie", "verschil"),
    ],
)  # fmt: skip
def test_spelling_variants(understanding: Understanding, variant: str, term: str) -> None:
    for typed in (variant, variant.upper(), f"Wat is {variant}?", f"  {variant}..."):
        for conversation in (NEW, FIRST_QUESTION, DONE):
            assert understanding.read(typed, conversation) == Ask(term), typed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/start", Start()),
        ("/start@coproductiewijzer_bot", Start()),
        ("/start campagne-2025", Start()),
        ("/START", Start()),
        ("  /zelfcheck", Check()),
        ("/zelfcheck@coproductiewijzer_bot", Check()),
        ("/begrippen", Terms()),
        ("/verder", Reading()),
        ("/verder_lezen", Reading()),
        ("/help", Help()),
        ("/opnieuw", Restart()),
        ("/stop", Stop()),
        ("/privacy", Privacy()),
        ("/vergeet alles", Forget()),
        ("/start zelfcheck", Check()),
        ("/start ladder", Ask("ladder")),
        ("/start inspraak", Ask("inspraak")),
        ("/over", About()),
        ("/uitkomst", ShowOutcome()),
        ("/terug", Back()),
        ("/wijzigen", Change()),
        ("/ook_de_rest", Continue()),
        ("/onzin", Unknown()),
        ("/", Unknown()),
        ("/ ", Unknown()),
        ("/@bot", Unknown()),
        ("/ja", Unknown()),
    ],
)
def test_slash_commands(understanding: Understanding, typed: str, expected: Event) -> None:
    for conversation in (NEW, FIRST_QUESTION, DONE):
        assert understanding.read(typed, conversation) == expected


@pytest.mark.parametrize(
    "typed",
    ["", " ", "?", "...", "asdf", "de", "0", "99", "1234", "1.5", "ja nee", "ja of nee",
     "deels", "😀", "een hond is blij", "https://example.org", "\x00", "n e e"],
)  # fmt: skip
def test_nonsense_is_not_guessed(understanding: Understanding, typed: str) -> None:
    for conversation in (NEW, FIRST_QUESTION, DONE):
        read = understanding.read(typed, conversation)

        assert read == Unknown("text")
    assert understanding.term(typed) is None


def test_a_term_among_many_other_words_is_not_guessed(understanding: Understanding) -> None:
    typed = "Mijn buurman vertelde gisteren bij de koffie uitgebreid iets nieuws rond inspraak."

    assert understanding.read(typed, FIRST_QUESTION) == Unknown("story")
    assert understanding.read("a" * 5000, FIRST_QUESTION) == Unknown("story")


def test_the_start_of_a_label_is_enough_when_one_fits(understanding: Understanding) -> None:
    assert understanding.read("doe", NEW) == Check()
    assert understanding.read("verder", NEW) == Reading()
    forget = Conversation(at="vergeten")
    assert understanding.read("ja", forget) == Forget(confirmed=True)
    assert understanding.read("nee", forget) == Back()


def _kinds_of_offers(flow: Flow) -> Iterator[Conversation]:
    """A conversation for every list of choices that can be on offer.

    On a page the list depends on whether there are answers, and in the overview on the answers;
    the three maps below have every line of it.
    """
    seen: set[tuple[str, ...]] = set()
    for way in ways(flow):
        labels = tuple(choice.label for choice in view(flow, way).choices)
        if labels not in seen:
            seen.add(labels)
            yield way
    for at in (*PAGES, *QUESTIONS):
        yield Conversation(at=at)
        for option in OPTIONS:
            yield Conversation(dict.fromkeys(QUESTIONS, option), at, complete=True)


@pytest.mark.usefixtures("unmeasured")
def test_every_choice_can_be_typed_as_word_and_as_number(
    understanding: Understanding, flow: Flow
) -> None:
    for conversation in _kinds_of_offers(flow):
        for number, choice in enumerate(view(flow, conversation).choices, start=1):
            for typed in (choice.label, choice.label.upper(), f"{number}", f" {number}. "):
                assert understanding.read(typed, conversation) == choice.event, typed
