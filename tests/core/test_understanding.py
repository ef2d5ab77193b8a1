"""What people type is understood the same way everywhere, and nothing is guessed."""

from collections.abc import Iterator

import pytest

from dialogues.content import PARTLY, Content
from dialogues.events import (
    About,
    Answer,
    Ask,
    Assess,
    Back,
    Change,
    Check,
    Continue,
    Event,
    Examples,
    Forget,
    Help,
    Partly,
    Privacy,
    Reading,
    Restart,
    ShowOutcome,
    Start,
    Stop,
    Suggest,
    Topics,
    Unknown,
)
from dialogues.flow import Flow
from dialogues.intents import COMMANDS
from dialogues.spelling import bare
from dialogues.state import NEW, PAGES, Conversation
from dialogues.understanding import Understanding
from dialogues.views import view
from dialogues.ways import ways
from tests.core.definition import HARD, OPTIONS, QUESTIONS
from tests.made_once import understanding_of

FIRST_QUESTION = Conversation()
DONE = Conversation(dict.fromkeys(QUESTIONS, "ja"))


@pytest.fixture(scope="module")
def understanding(flow: Flow) -> Understanding:
    return understanding_of(flow)


def test_warming_up_changes_nothing(flow: Flow, understanding: Understanding) -> None:
    warm = Understanding(flow)
    warm.warm_up()

    for text in ("wat is coproductie", "neen dat denk ik niet", "opnieuw graag", "weer"):
        assert warm.understand(text, NEW) == understanding.understand(text, NEW)


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

                expected = Partly() if option == PARTLY else Answer(question, option)
                assert read == expected, typed


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
            if word == "meer" and conversation == DONE:
                continue  # there it is the beginning of one of the choices
            assert understanding.read(word, conversation) == COMMANDS[name], word
            assert understanding.read(f"{word.title()}...", conversation) == COMMANDS[name], word


# The words that the other questions add to ja and nee are also names of terms; there they answer.
@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("conversation", [NEW, DONE, *map(_asked, HARD)])
def test_every_phrasing_means_its_own(
    understanding: Understanding, content: Content, conversation: Conversation
) -> None:
    for term in content.terms.values():
        for phrase in (term.question, *term.also):
            assert understanding.read(phrase, conversation) == Ask(term.id), phrase
    for form in content.forms.values():
        for phrase in (form.name, *form.also):
            assert understanding.read(phrase, conversation) == Ask(form.id), phrase


def test_what_is_a_name_may_be_asked_for(understanding: Understanding, content: Content) -> None:
    for term in content.terms.values():
        assert understanding.read(term.question.upper(), FIRST_QUESTION) == Ask(term.id)
        assert understanding.understand(term.question, NEW).topic


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
            "copoductie", "coprodcutie", "co-produceren", "coproduceren",
        )),
        *((word, "cocreatie") for word in (
            "cocreatie", "co-creatie", "co creatie", "cocreëren", "co-creëren", "kocreatie",
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
        ("/begrippen", Topics()),
        ("/voorbeelden", Examples()),
        ("/start buurtpreventie", Ask("buurtpreventie")),
        ("/start voorbeelden", Examples()),
        ("/start onbekend", Start()),
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
    ["", " ", "?", "...", "asdf", "de", "0", "99", "1234", "1.5", "jjjjjj", "😀",
     "een hond is blij", "https://example.org", "\x00", "hoe laat komt de bus",
     "beoordeel mijn subsidieaanvraag", "wat wordt het weer morgen"],
)  # fmt: skip
def test_nonsense_is_not_guessed(understanding: Understanding, typed: str) -> None:
    for conversation in (NEW, FIRST_QUESTION, DONE):
        assert understanding.read(typed, conversation) == Unknown("text")


def test_a_story_is_told_apart(understanding: Understanding) -> None:
    """Who tells something may name people, so the reaction is another."""
    typed = "Mijn broer Wim kocht gisteren bij de slager drie pond gehakt en twee rookworsten."

    assert understanding.read(typed, FIRST_QUESTION) == Unknown("story")
    assert understanding.read("a" * 5000, FIRST_QUESTION) == Unknown("story")


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("ja, wij maaien elke week zelf", "ja"),
        ("zeker, dat is bij ons ook zo", "ja"),
        ("jaaaa", "ja"),
        ("dat klopt helemaal hoor", "ja"),
        ("nee, ze kijken alleen toe", "nee"),
        ("volgens mij is dat niet zo", "nee"),
        ("inderdaad niet", "nee"),
        ("ik weet het eigenlijk niet zo goed", "weet_niet"),
        ("ja maar niet altijd", PARTLY),
        ("ja, nou ja, soms", PARTLY),
        ("ja dat doen ze niet", PARTLY),
        ("nee, behalve soms", PARTLY),
        ("ja en nee", PARTLY),
        ("de ene buur wel, de andere niet", PARTLY),
    ],
)
def test_replies_in_other_words(understanding: Understanding, typed: str, option: str) -> None:
    expected = Partly() if option == PARTLY else Answer("burgers", option)

    assert understanding.read(typed, _asked("burgers")) == expected


def test_a_reply_in_doubt_is_no_yes_or_no(understanding: Understanding) -> None:
    for typed in ("klopt dat wel?", "is dat zo", "dat zou wel of niet zo zijn", "ja of nee"):
        read = understanding.read(typed, _asked("burgers"))

        assert not isinstance(read, Answer), typed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ik zou graag even terug naar de vorige vraag", Back()),
        ("kan ik mijn antwoord nog aanpassen", Change()),
        ("wat bedoel je nou met die vraag", Help()),
        ("ik wil graag helemaal opnieuw beginnen", Restart()),
        ("ik wil er graag mee stoppen", Stop()),
        ("wis al mijn gegevens", Forget()),
    ],
)
def test_commands_in_other_words(understanding: Understanding, typed: str, expected: Event) -> None:
    assert understanding.read(typed, _asked("burgers")) == expected


@pytest.mark.parametrize(
    "typed",
    ["wanneer stopt coproductie", "opnieuw inzaaien van het plantsoen", "vergeet de buren niet",
     "de gemeente begint elk jaar opnieuw", "wij stoppen nooit met vegen"],
)  # fmt: skip
def test_what_moves_is_not_done_by_accident(understanding: Understanding, typed: str) -> None:
    read = understanding.read(typed, _asked("burgers"))

    assert not isinstance(read, Restart | Stop | Forget)


def test_an_initiative_is_never_judged(understanding: Understanding) -> None:
    unnamed = understanding.understand("is dat nou coproductie", NEW)
    unlike = understanding.understand("is het kweken van zeepaardjes coproductie", NEW)
    example = understanding.understand("is onze buurtpreventie copoductie", NEW)
    form = understanding.understand("is een referendum ook coproductie", NEW)

    assert unnamed.event == unlike.event == Assess()
    assert unnamed.topic == unlike.topic == "zelfcheck"
    assert (example.event, example.topic) == (Ask("buurtpreventie"), "zelfcheck")
    assert (form.event, form.topic) == (Ask("raadpleging"), "participatie")


def test_two_topics_that_are_close_are_both_offered(understanding: Understanding) -> None:
    understood = understanding.understand("mijn baas zegt coproductie, geen idee wat dat is", NEW)

    assert isinstance(understood.event, Suggest)
    assert len({understood.event.events}) == 1
    assert len(set(understood.event.events)) == 2
    assert understood.topic == understood.matches[0].topic


def test_how_sure_it_is(understanding: Understanding) -> None:
    assert understanding.understand("wat is cocreatie", NEW).confidence == 1.0
    assert understanding.understand("stop", NEW).confidence == 0.0
    assert understanding.understand("/privacy", NEW).confidence == 1.0
    assert 0 < understanding.understand("wie neemt eigenlijk het besluit", NEW).confidence < 1
    assert understanding.understand("xyzzy", NEW).confidence == 0.0


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


def test_a_reply_that_may_be_yes_or_no_has_to_be_chosen(understanding: Understanding) -> None:
    assert understanding.read("niet ja", Conversation({"publieke_waarde": "ja"})) == Partly()


def test_a_few_words_of_a_phrasing_do_not_beat_what_is_nearer(understanding: Understanding) -> None:
    # "samen het werk doen" without its small words is a phrasing of another term too.
    assert understanding.understand("samen werk doen", NEW).matches[0].name == "coproductie"


def test_the_example_goes_before_the_form_of_the_same_name(understanding: Understanding) -> None:
    understood = understanding.understand("is een burgerbegroting coproductie", NEW)

    assert (understood.event, understood.topic) == (Ask("wijkgeld"), "zelfcheck")
