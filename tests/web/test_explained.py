"""What is explained: where it stands, what it offers, and what becomes of a text that was typed."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from bot.address import Addresses
from bot.web.conversation import AGAIN, TYPED
from dialogues.events import Ask, Event, Examples, Topics
from dialogues.explanations import explain
from dialogues.flow import Flow
from dialogues.offers import label, subjects
from dialogues.state import NEW
from tests.web.client import Client, composed
from tests.web.kinds import EVERY, PLACES
from tests.web.reading import Html
from tests.web.typed import ambiguous

NONSENSE = "de maan is van kaas"
PLACED = ("/", "/zelfcheck/publieke_waarde", "/uitkomst?publieke_waarde=nee", "/wijzigen")
FIRST_TIME, AGAIN_NOT = "Daar weet ik niets van.", "Ook dit begrijp ik niet."
A_PERSON = "Wilt u liever een mens spreken?"


@pytest.fixture(scope="module")
def client(flow: Flow) -> Iterator[Client]:
    with Client(composed(flow)) as client:
        yield client


def title(page: str) -> str:
    return unescape(page.partition("<title>")[2].partition("</title>")[0])


def headings(page: str) -> list[str]:
    return [unescape(said) for said in re.findall("<h1>(.+?)</h1>", page)]


def main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def links(page: str) -> dict[str, str]:
    """The links in the main part: their words with their addresses, in order."""
    found = re.findall('<a (?:class="[a-z]+" )?href="([^"]+)">(.+?)</a>', main(page))
    return {unescape(words): unescape(address) for address, words in found}


def again(page: str) -> dict[str, str]:
    """What the form for a question sends along unasked."""
    fields = Html(page).all("input")
    return {i["name"]: i["value"] for i in fields if i.get("type") == "hidden"}


def test_every_place_and_every_subject_has_a_title_of_its_own(client: Client, flow: Flow) -> None:
    asked = list(subjects(flow.content))
    deeper = [Ask(event.name, more=True) for event in asked if isinstance(event, Ask)]
    addresses = {Addresses(flow).after(NEW, event) for event in (*asked, *deeper)}
    titles = {
        address: title(client.get(address).text) for address in addresses | {*PLACES.values()}
    }

    assert len(set(titles.values())) == len(titles)


def test_the_heading_is_what_is_explained(client: Client, flow: Flow) -> None:
    for event in subjects(flow.content):
        page = client.get(Addresses(flow).after(NEW, event)).text
        said = explain(flow, NEW, event)[0].title

        assert headings(page) == [said]
        assert title(page).startswith(said)
        assert title(page).endswith(flow.content.texts.welcome_title)


@pytest.mark.parametrize("place", PLACED)
def test_what_is_offered_stands_below_the_explanation(
    client: Client, flow: Flow, place: str
) -> None:
    asked = client.post(place, {TYPED: "primair proces"}).headers["location"]
    page = client.get(asked).text
    explanation = page.index("Bron: ")
    more = page.index(flow.content.texts.button_more)
    below = page.index("</section>", explanation)

    assert explanation < more < below
    # What belongs to the place comes after that, and the field to ask in comes last.
    place_of_its_own = "<fieldset" if "zelfcheck" in place else '<ul class="choices">'
    assert below < page.index(place_of_its_own) < page.index(f'name="{TYPED}"')
    deeper = client.get(links(page)[flow.content.texts.button_more]).text
    assert flow.content.texts.button_more not in links(deeper)
    assert len(main(deeper)) > len(main(page))


@pytest.mark.parametrize("event", [Topics(), Topics("participatie"), Examples(), Examples("geen")])
def test_a_list_has_everything_in_it(client: Client, flow: Flow, event: Event) -> None:
    page = client.get(Addresses(flow).after(NEW, event)).text
    offered = page.partition('<ul class="offers">')[2].partition("</ul>")[0]
    content = flow.content
    expected = {
        Topics(): list(content.texts.topics.values()),
        Topics("participatie"): [form.name for form in content.forms.values()],
        Examples(): list(content.texts.fields.values()),
        Examples("geen"): [e.name for e in content.examples.values() if e.outcome == "geen"],
    }[event]

    assert [name for name in expected if f">{name}</a></li>" not in unescape(offered)] == []


def test_every_outcome_leads_to_examples_with_that_outcome(client: Client, flow: Flow) -> None:
    texts = flow.content.texts
    for outcome in flow.content.outcomes:
        address = EVERY[f"outcome-{outcome}"]
        group = client.get(links(client.get(address).text)[texts.button_similar])
        examples = [e.name for e in flow.content.examples.values() if e.outcome == outcome]

        assert group.status_code == 200
        assert examples
        assert set(examples) <= set(links(group.text))
        # It does not lead to itself, and the way back is there.
        assert texts.button_similar not in links(group.text)
        back = links(group.text)[texts.button_to_outcome]
        assert headings(client.get(back).text) == headings(client.get(address).text)


def test_the_variants_of_an_example_lead_to_another_example(client: Client, flow: Flow) -> None:
    for example in flow.content.examples.values():
        here = links(client.get(f"/voorbeelden/{example.id}").text)
        for variant in example.variants:
            there = client.get(here[variant.question]).text

            assert headings(there) == [flow.content.examples[variant.example].name]


def test_a_source_without_an_address_is_plain_text(client: Client, flow: Flow) -> None:
    found = False
    sources = flow.content.references.values()
    assert {bool(source.address) for source in sources} == {True, False}
    pages = [client.get(Addresses(flow).after(NEW, e)).text for e in subjects(flow.content)]
    for source in sources:
        named = f"{source.makers}: {source.title}"
        if not source.address and any(named in unescape(page) for page in pages):
            found = True
            assert not any(f"{named}</a>" in unescape(page) for page in pages)
    assert found
    assert all(link["href"] for page in pages for link in Html(page).all("a"))


@pytest.mark.parametrize("address", [*PLACED, "/vragen", "/toegankelijkheid", "/weer"])
def test_topics_and_examples_can_be_reached_from_everywhere(client: Client, address: str) -> None:
    footer = client.get(address).text.partition("<footer")[2]
    query = address.partition("?")[2]
    for path in ("/begrippen", "/voorbeelden"):
        expected = f"{path}?{query}" if query else path

        assert f'href="{expected}"' in footer
        assert client.get(expected).status_code == 200


@pytest.mark.parametrize("place", PLACED)
def test_a_text_that_may_mean_two_things_is_answered_with_both(
    client: Client, flow: Flow, place: str
) -> None:
    typed, events = ambiguous(flow)
    answer = client.post(place, {TYPED: typed})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, max-age=0"
    assert answer.headers["x-robots-tag"] == "noindex"
    labels = [label(flow.content, event) for event in events]
    assert list(links(answer.text))[: len(labels)] == labels
    for event, words in zip(events, labels, strict=True):
        chosen = client.get(links(answer.text)[words])
        assert chosen.status_code == 200
        assert explain(flow, NEW, event)[0].title in unescape(chosen.text)
    # It was understood, so what is typed next is not yet the second time that it is not.
    assert not again(answer.text)


@pytest.mark.parametrize("place", PLACED)
def test_after_two_misunderstandings_there_is_a_person_to_turn_to(
    client: Client, flow: Flow, place: str
) -> None:
    core = flow.content.texts
    once = client.post(place, {TYPED: NONSENSE})
    twice = client.post(place, {TYPED: NONSENSE, **again(once.text)})
    thrice = client.post(place, {TYPED: NONSENSE, **again(twice.text)})

    assert again(client.get(place).text) == {}
    assert again(once.text) == again(twice.text) == {AGAIN: "ja"}
    assert FIRST_TIME in once.text
    assert A_PERSON not in once.text
    for answer in (twice, thrice):
        assert answer.status_code == 422
        assert AGAIN_NOT in answer.text
        assert A_PERSON in answer.text
        assert list(links(answer.text))[1:3] == [core.button_topics, core.button_examples]


@pytest.mark.parametrize("place", PLACED)
def test_after_something_that_is_understood_it_counts_anew(client: Client, place: str) -> None:
    once = client.post(place, {TYPED: NONSENSE})
    understood = client.post(place, {TYPED: "primair proces", **again(once.text)})
    page = client.get(understood.headers["location"]).text
    form = next(f["action"] for f in Html(page).all("form") if f.get("class") == "ask")
    anew = client.post(form, {TYPED: NONSENSE, **again(page)})

    assert again(page) == {}
    assert FIRST_TIME in anew.text
    assert A_PERSON not in anew.text


def test_after_an_answer_it_counts_anew(client: Client) -> None:
    client.post("/zelfcheck/publieke_waarde", {TYPED: NONSENSE})
    answered = client.post("/zelfcheck/publieke_waarde", {"antwoord": "ja"})

    assert again(client.get(answered.headers["location"]).text) == {}


@pytest.mark.parametrize("place", PLACED)
def test_what_was_typed_is_in_no_address_and_no_header(
    client: Client, flow: Flow, place: str
) -> None:
    """Understood, nearly, in two ways, not and again not: the words stay in the form."""
    marked = "zwaluwstaart"
    for typed in (
        f"wat is het primair proces {marked}",
        f"{ambiguous(flow)[0]} {marked}",
        marked,
        f"is {marked} coproductie",
        f"ja {marked}",
    ):
        for along in ({}, {AGAIN: "ja"}):
            answer = client.post(place, {TYPED: typed, **along})
            page = Html(answer.text)
            addresses = [*page.values("href"), *page.values("action"), *page.values("src")]

            assert marked not in str(answer.headers)
            assert marked not in str(addresses)
            # It is given back where it can be mended, and nowhere else.
            given_back = [i for i in page.all("input") if marked in i.get("value", "")]
            assert answer.text.count(marked) == len(given_back) == (answer.status_code == 422)
            if answer.status_code == 303:
                assert marked not in client.get(answer.headers["location"]).text
