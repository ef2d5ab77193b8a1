"""An address says all there is to a page: the conversation, the place and the reply.

Walked are all sets of answers that can be given, as in ``tests/core/test_walk.py``: those of up to
three answers at every place and with everything that can be done there, the larger ones with places
and events in turn, and complete or not in turn: that is a word of its own in an address. An address
does not know how many answers it carries, and what is explained has nothing to do with them:
without an answer everything is explained at every place, later in turn.
"""

from collections.abc import Iterator
from itertools import count, cycle, islice, product
from random import Random
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.address import Addresses, NoSuchPage, Visit, link
from bot.explained_address import KEYS
from dialogues.conversation import handle
from dialogues.events import (
    Answer,
    Ask,
    Assess,
    Change,
    Check,
    Event,
    Examples,
    Explaining,
    Forget,
    Partly,
    Privacy,
    Restart,
    Topics,
)
from dialogues.flow import WELCOME
from dialogues.intents import COMMANDS
from dialogues.offers import subjects
from dialogues.state import PAGES, Conversation, place_of
from dialogues.views import view
from tests.core import definition, oracle
from tests.core.definition import OPTIONS, QUESTIONS
from tests.made_once import FLOW

ADDRESSES = Addresses(FLOW)
SUBJECTS = tuple(subjects(FLOW.content))
DEEPER = tuple(Ask(event.name, more=True) for event in SUBJECTS if isinstance(event, Ask))
EXPLAINING: tuple[Event, ...] = (*SUBJECTS, *DEEPER, Assess(), Partly())
EXPLAINED = (
    *(event.name for event in DEEPER),
    *(event.topic for event in SUBJECTS if isinstance(event, Topics) and event.topic),
    *(event.by for event in SUBJECTS if isinstance(event, Examples) and event.by),
)
WIPE = Forget(confirmed=True)
ALWAYS: tuple[Event, ...] = (*COMMANDS.values(), WIPE)
PATHS = (
    *("/", "/wijzigen", "/gestopt", "/vergeten", "/zelfcheck", "/uitkomst"),
    *("/verder-lezen", "/privacy", "/over", "/hulp"),
    *(f"/zelfcheck/{question}" for question in QUESTIONS),
    *(ADDRESSES.of(Conversation(at=WELCOME, about=event)) for event in (*SUBJECTS, *DEEPER)),
)
STEPS = (*COMMANDS, "beoordeel", "deels", "alles_gewist", "gaat_verder")
Where = tuple[dict[str, str], bool, str, Explaining | None]
_AT_ONCE = 5  # of what is explained, for each of the many

# Other tests measure the same lines; here they run so often that measuring would take minutes.
unmeasured = pytest.mark.usefixtures("unmeasured")


def visited(address: str) -> Visit:
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("", "", "")
    return ADDRESSES.visit(parts.path, parse_qsl(parts.query, keep_blank_values=True))


def where(conversation: Conversation) -> Where:
    """What there is to a conversation; ``at`` itself may be a wish that makes no difference."""
    answers = dict(conversation.answers)
    return answers, conversation.complete, place_of(FLOW, conversation), conversation.about


def given_answers(length: int, first: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    for rest in product(OPTIONS, repeat=length - len(first)):
        yield dict(zip(QUESTIONS, (*first, *rest), strict=False))


def doable(conversation: Conversation) -> list[Event]:
    """Everything that a page offers or understands here; some of it is then refused in words."""
    here = oracle.acceptable(conversation)
    return [*ALWAYS, *sorted((e for e in here if isinstance(e, Answer | Change)), key=repr)]


def check(before: Conversation, event: Event) -> None:
    after, turn = handle(FLOW, before, event)
    address = ADDRESSES.after(before, event)
    visit = visited(address)

    assert visit.address == address
    assert not visit.outdated
    assert where(visit.conversation) == where(after)
    shown = visit.turn
    if after == before and (isinstance(event, Answer) or event == WIPE):
        # In a chat the outcome, or the welcome, is still to be seen above; on a page it must stand.
        assert shown.messages == (turn.messages[0], *view(FLOW, after).messages)
        assert (shown.choices, shown.progress) == (turn.choices, turn.progress)
    else:
        assert shown == turn


def check_place(conversation: Conversation) -> None:
    address = ADDRESSES.of(conversation)
    visit = visited(address)

    assert visit == Visit(visit.conversation, view(FLOW, conversation), address)
    assert where(visit.conversation) == where(conversation)


@unmeasured
@pytest.mark.parametrize("length", range(4))
def test_an_address_shows_what_the_event_led_to(length: int) -> None:
    in_turn = cycle(EXPLAINING)
    for answers, complete in product(given_answers(length), (False, True)):
        for placed in oracle.places(Conversation(answers, complete=complete)):
            check_place(placed)
            explained = EXPLAINING if length == 0 else islice(in_turn, _AT_ONCE)
            for event in (*doable(placed), *explained):
                check(placed, event)


@unmeasured
@pytest.mark.parametrize("first", list(product(OPTIONS, repeat=2)), ids="-".join)
def test_that_is_also_so_with_more_answers(first: tuple[str, ...]) -> None:
    number = count()
    for length in range(4, len(QUESTIONS) + 1):
        for answers in given_answers(length, first):
            turn, complete = divmod(next(number), 2)
            places = list(oracle.places(Conversation(answers, complete=bool(complete))))
            placed = places[2 * turn % len(places)]
            events = [*doable(placed), *EXPLAINING]

            check_place(placed)
            check(placed, events[(2 * turn + 1) % len(events)])


def test_every_page_has_one_address() -> None:
    first = f"/zelfcheck/{QUESTIONS[0]}"
    for path in PATHS:
        # Without answers there is only one question to show, and no outcome.
        shows_check = path.startswith(("/zelfcheck", "/uitkomst"))

        assert visited(path).address == (first if shows_check else path)


def test_a_page_outside_the_check_carries_the_conversation() -> None:
    visit = visited("/privacy?burgers=ja&alle-vragen=ja")

    assert where(visit.conversation) == ({"burgers": "ja"}, True, WELCOME, Privacy())
    assert visit.address == "/privacy?burgers=ja&alle-vragen=ja"


def test_answers_that_count_for_nothing_now_are_kept() -> None:
    for name, option in product(QUESTIONS, OPTIONS):
        for path in PATHS:
            kept = visited(f"{path}?publieke_waarde=nee&ontwerp=ja&{name}={option}")
            same = name in ("publieke_waarde", "ontwerp")
            answers = {"publieke_waarde": "nee", "ontwerp": "ja"}
            expected = answers if same else {**answers, name: option}

            assert kept.conversation.answers == expected


@pytest.mark.parametrize(
    "query",
    [
        "burger=ja",
        "burgers=misschien",
        "burgers=",
        "=ja",
        "alle-vragen=nee",
        "na-stap=weer",
        "uitleg-over=weer",
        "uitleg-over=",
        "meer-over=weer",
        "over-onderwerp=weer",
        "over-onderwerp=",
        "voorbeelden-bij=weer",
        "voorbeelden-bij=",
        "na-stap=",
        "antwoord-op=burgers",
        "antwoord-op=weer",
        "vervallen=ja",
        "BURGERS=ja",
        "burgers=ja%00",
    ],
)
def test_what_is_not_known_is_left_out_and_that_is_said(query: str) -> None:
    visit = visited(f"/zelfcheck?publieke_waarde=ja&{query}")

    assert visit.outdated
    assert visit.address == "/zelfcheck/burgers?publieke_waarde=ja"
    assert visit.turn == view(FLOW, Conversation({"publieke_waarde": "ja"}))


@pytest.mark.parametrize("query", ["utm_source=poster", "fbclid=x", "gclid=", "mc_cid=1"])
def test_what_a_campaign_hangs_on_a_link_is_dropped_without_a_word(query: str) -> None:
    visit = visited(f"/?{query}")

    assert not visit.outdated
    assert visit.address == "/"


def test_the_mark_of_a_campaign_goes_along_with_every_step() -> None:
    here = visited("/begrippen/coproductie?via-campagne=aB_-").conversation
    assert here.origin == "aB_-"
    for event in (Check(), Answer("publieke_waarde", "ja"), Change(), Restart(), Privacy()):
        visit = visited(ADDRESSES.after(here, event))
        assert (visit.conversation.origin, visit.outdated) == ("aB_-", False)
        here = visit.conversation
    assert "via-campagne" not in link(FLOW, here, "https://gemeente.nl")
    assert visited(ADDRESSES.after(here, Forget(confirmed=True))).conversation.origin == ""


@pytest.mark.parametrize("mark", ["", "abc", "abcde", "a b-", "abcé", "..%2F"])
def test_what_is_no_mark_is_dropped_without_a_word(mark: str) -> None:
    visit = visited(f"/?via-campagne={mark}")

    assert (visit.address, visit.outdated) == ("/", False)


def test_of_what_contradicts_itself_the_first_counts() -> None:
    twice = visited("/zelfcheck?publieke_waarde=ja&publieke_waarde=nee")
    two_replies = visited("/zelfcheck?publieke_waarde=ja&na-stap=uitkomst&na-stap=help")

    assert (twice.outdated, twice.conversation.answers) == (True, {"publieke_waarde": "ja"})
    assert two_replies.outdated
    assert two_replies.address == "/zelfcheck/burgers?publieke_waarde=ja&na-stap=uitkomst"


def test_what_is_said_twice_is_said_once() -> None:
    visit = visited("/zelfcheck?publieke_waarde=ja&publieke_waarde=ja&na-stap=help&na-stap=help")

    assert not visit.outdated
    assert visit.address == "/zelfcheck/burgers?publieke_waarde=ja&na-stap=help"


def test_a_question_that_is_gone_leads_on() -> None:
    visit = visited("/zelfcheck/weer?publieke_waarde=ja")

    assert visit.outdated
    assert visit.address == "/zelfcheck/burgers?publieke_waarde=ja"


@pytest.mark.parametrize(
    "path",
    [
        *("", "//", "/zelf", "/zelfcheck/burgers/ja", "/../privacy"),
        *("/begrippen/weer", "/begrippen/", "/begrippen/meer", "/begrippen/buurtpreventie"),
        *("/begrippen/coproductie/meer/meer", "/onderwerpen", "/onderwerpen/", "/onderwerpen/weer"),
        *("/voorbeelden/", "/voorbeelden/weer", "/voorbeelden/coproductie", "/voorbeelden/bij"),
        *("/voorbeelden/bij/", "/voorbeelden/bij/weer"),
    ],
)
def test_other_paths_are_no_page(path: str) -> None:
    with pytest.raises(NoSuchPage):
        ADDRESSES.visit(path, [])


def test_the_link_to_a_conversation_shows_its_outcome() -> None:
    answers = dict.fromkeys(QUESTIONS, "ja")
    shared = link(FLOW, Conversation(answers, "wijzigen"), "https://gemeente.nl/copro")

    assert shared.startswith("https://gemeente.nl/copro/uitkomst?")
    visit = visited(shared.removeprefix("https://gemeente.nl/copro"))
    assert where(visit.conversation) == (answers, False, definition.certain(answers), None)


places = st.sampled_from(["", *PAGES, *QUESTIONS])
maps = st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(OPTIONS))
conversations = st.builds(Conversation, maps, places, st.booleans())


@given(conversations, st.integers(min_value=0), st.randoms(use_true_random=False))
def test_the_order_of_a_query_makes_no_difference(
    conversation: Conversation, number: int, random: Random
) -> None:
    events = doable(conversation)
    address = ADDRESSES.after(conversation, events[number % len(events)])
    parts = urlsplit(address)
    query = parse_qsl(parts.query)
    random.shuffle(query)

    assert ADDRESSES.visit(parts.path, query) == visited(address)


# Every code point, lone surrogates and control signs too.
any_text = st.text(st.characters(exclude_categories=()), max_size=60)
keys = st.sampled_from([*QUESTIONS, "alle-vragen", "antwoord-op", "na-stap", *KEYS])
values = st.sampled_from([*OPTIONS, *QUESTIONS, *EXPLAINED, *STEPS])
queries = st.lists(st.tuples(keys | any_text, values | any_text), max_size=12)
paths = (
    st.sampled_from(PATHS)
    | any_text
    | st.builds("{}/{}".format, st.sampled_from(PATHS), any_text)
    | any_text.map("/".__add__)
)


@given(paths, queries)
@example("/wijzigen", [("na-stap", "alles_gewist"), ("burgers", "ja")])
@example("/privacy", [("na-stap", "gaat_verder"), ("alle-vragen", "ja")])
@example("/zelfcheck/burgers", [("publieke_waarde", "nee"), ("na-stap", "gaat_verder")])
@example("/" + "zelfcheck/" * 10_000, [])
@settings(max_examples=500)
def test_whatever_is_asked_for_leads_to_a_page_in_one_step_or_nowhere(
    path: str, query: list[tuple[str, str]]
) -> None:
    try:
        visit = ADDRESSES.visit(path, query)
    except NoSuchPage:
        assert path not in PATHS
        return
    again = visited(visit.address)

    assert again.address == visit.address
    assert (again.turn, where(again.conversation)) == (visit.turn, where(visit.conversation))
    assert not again.outdated


@given(queries)
def test_what_a_query_carries_is_what_fits(query: list[tuple[str, str]]) -> None:
    carried = ADDRESSES.carried(query)
    known = [name for name, value in query if FLOW.fits(name, value)]

    assert set(carried.answers) == set(known)
    assert all((name, given_) in query for name, given_ in carried.answers.items())
    assert carried.complete == (("alle-vragen", "ja") in query)
