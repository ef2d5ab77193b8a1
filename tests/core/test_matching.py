"""Typed text finds what is meant: whatever the order, the spelling or the words around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.matching import Intent, Match, Matcher
from dialogues.stemming import stem
from dialogues.vocabulary import Vocabulary

INTENTS = (
    Intent(
        "begrip",
        "begrip",
        ("coproductie", "wat is coproductie", "betekenis coproductie", "coproduceren"),
    ),
    Intent(
        "wie_beslist",
        "rollen",
        ("wie beslist", "wie is de baas", "wie hakt de knoop door", "mag de ambtenaar beslissen"),
    ),
    Intent("betaald", "rollen", ("betaald", "krijg ik loon", "verdienen inwoners geld")),
    Intent(
        "waarom",
        "waarom",
        ("waarom coproductie", "voordelen van coproductie", "wat levert het op"),
    ),
    Intent("lezen", "lezen", ("waar kan ik meer lezen", "welke boeken zijn er over coproductie")),
    Intent("buurtpreventie", "voorbeelden", ("buurtpreventie", "paspoort aanvragen"), is_name=True),
    Intent("opnieuw", "", ("opnieuw beginnen", "begin opnieuw")),
)
FILLER = (
    *("wat", "is", "de", "het", "een", "ik", "er", "van", "over", "u", "mij", "kunt", "vertellen"),
    *("eens", "zijn", "kan", "mag", "mijn", "wie"),
)
SURE = 0.5
IN_SCOPE = {
    "Wie beslist er?": "wie_beslist",
    "kunt u mij vertellen wie de knoop doorhakt": "wie_beslist",
    "wat is co-productie": "begrip",
    "welke voordelen heeft coproductie": "waarom",
    "ik verdien geld": "betaald",
    "boeken": "lezen",
}
OUT_OF_SCOPE = (
    "beoordeel mijn subsidieaanvraag",
    "hoe laat gaat het gemeentehuis open",
    "wat wordt het weer morgen",
    "12345678",
    "asdfghjkl",
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(
        INTENTS,
        {"coproductie": ("co productie",)},
        FILLER,
        same={"ambtenaar": ("medewerker",)},
        anchors=("coproductie",),
        asking=("wat", "is"),
    )


def best(matcher: Matcher, text: str) -> Match:
    return matcher.rank(text)[0]


def confidence(matcher: Matcher, text: str, name: str) -> float:
    return {match.name: match.confidence for match in matcher.rank(text)}.get(name, 0.0)


@pytest.mark.parametrize(
    ("intent", "phrase"), [(intent, phrase) for intent in INTENTS for phrase in intent.phrases]
)
def test_a_phrasing_finds_its_intent_with_certainty(
    matcher: Matcher, intent: Intent, phrase: str
) -> None:
    backwards = " ".join(reversed(phrase.split()))
    for typed in (phrase, phrase.upper(), f"  {phrase}?!", backwards):
        assert best(matcher, typed) == Match(intent.name, intent.topic, 1.0), typed


@pytest.mark.parametrize(("text", "name"), IN_SCOPE.items())
def test_other_ways_of_asking_are_recognised(matcher: Matcher, text: str, name: str) -> None:
    match = best(matcher, text)

    assert match.name == name
    assert match.confidence > SURE


@pytest.mark.parametrize("text", OUT_OF_SCOPE)
def test_what_is_out_of_scope_stays_under_the_threshold(matcher: Matcher, text: str) -> None:
    assert all(match.confidence < SURE for match in matcher.rank(text))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("coproductei", "begrip"),
        ("coprodcutie", "begrip"),
        ("wie belsist", "wie_beslist"),
        ("voordeeln van coproductie", "waarom"),
        ("buurt preventie", "buurtpreventie"),
        ("buurtpreventieteam", "buurtpreventie"),
        ("mag de gemeenteambtenaar beslissen", "wie_beslist"),
        ("mag de medewerker beslissen", "wie_beslist"),
        ("wie is de coproducent", "begrip"),
    ],
)
def test_misspelt_inflected_and_compound_words(matcher: Matcher, typed: str, name: str) -> None:
    match = best(matcher, typed)

    assert match.name == name
    assert match.confidence > SURE


@given(st.permutations(["wie", "hakt", "eigenlijk", "de", "knoop", "door", "bij", "coproductie"]))
def test_the_order_of_words_plays_no_part(words: list[str]) -> None:
    matcher = Matcher(INTENTS, {}, FILLER)
    whole = matcher.rank("wie hakt eigenlijk de knoop door bij coproductie")

    assert [m.name for m in matcher.rank(" ".join(words))] == [m.name for m in whole]


def test_an_unknown_word_lowers_the_confidence(matcher: Matcher) -> None:
    sure = [
        confidence(matcher, text, "wie_beslist")
        for text in (
            "wie beslist",
            "wie beslist hier",
            "wie beslist hier zoal",
            "wie beslist hier zoal vliegveldtarieven",
        )
    ]

    assert sure == sorted(sure, reverse=True)
    assert len(set(sure)) == len(sure)


def test_filler_words_hardly_count(matcher: Matcher) -> None:
    assert confidence(matcher, "kunt u mij vertellen wie er beslist", "wie_beslist") > 0.8


def test_a_word_that_many_intents_have_says_less_than_a_rare_one(matcher: Matcher) -> None:
    loon, boeken = (confidence(matcher, f"coproductie {word}", "begrip") for word in ("loon", "op"))

    assert loon < boeken
    assert best(matcher, "knoop inwoners wie").name == "wie_beslist"


def test_a_word_of_our_subject_makes_unknown_words_count_less(matcher: Matcher) -> None:
    near = confidence(matcher, "voordelen coproductie zwembadrooster", "waarom")
    far = confidence(matcher, "voordelen opleveren zwembadrooster", "waarom")

    assert near > far


def test_a_name_with_a_request_around_it_is_not_the_name(matcher: Matcher) -> None:
    assert confidence(matcher, "wat is buurtpreventie", "buurtpreventie") > SURE
    assert confidence(matcher, "waar kan ik mijn paspoort ophalen", "buurtpreventie") < SURE


def test_a_command_among_other_words_is_less_sure(matcher: Matcher) -> None:
    assert confidence(matcher, "opnieuw beginnen", "opnieuw") == 1.0
    assert confidence(matcher, "laten we met alles opnieuw beginnen", "opnieuw") < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Mijn neef kookt graag spaghetti, dinsdag regende het. Wie beslist er? Groetjes uit Assen.",
        "mijn neef kookt graag spaghetti en wie hakt de knoop door",
    ],
)
def test_a_clear_question_in_a_long_story_is_found(matcher: Matcher, text: str) -> None:
    assert best(matcher, text).name == "wie_beslist"


def test_a_conjunction_between_single_words_parts_no_clauses(matcher: Matcher) -> None:
    both = "spaghetti en macaroni of loon en knoop"
    names = {match.name for match in matcher.rank(both)}

    assert names == {"betaald", "wie_beslist"}


@given(st.text() | st.text(alphabet="coprdutie wat.,en?") | st.text(min_size=2000, max_size=3000))
def test_any_text_gives_a_ranking(text: str) -> None:
    matcher = Matcher(INTENTS, {}, FILLER, anchors=("coproductie",))

    ranking = matcher.rank(text)

    confidences = [match.confidence for match in ranking]
    assert all(0.0 <= sure <= 1.0 for sure in confidences)
    assert confidences == sorted(confidences, reverse=True)
    assert len({match.name for match in ranking}) == len(ranking) <= 6
    assert Matcher(INTENTS, {}, FILLER, anchors=("coproductie",)).rank(text) == ranking


def test_what_stands_after_the_cut_is_not_read(matcher: Matcher) -> None:
    assert matcher.rank("x" * 400 + " wie beslist") == matcher.rank("x" * 400)


def test_without_a_known_word_there_is_no_match(matcher: Matcher) -> None:
    for text in ("", "?!", "zebrapad"):
        assert matcher.rank(text) == ()


def test_a_matcher_without_intents_ranks_nothing() -> None:
    assert Matcher((), {}, ()).rank("wie beslist") == ()


@pytest.mark.parametrize(
    "forms",
    [
        "beslissen beslist beslissing beslissingen",
        "inwoner inwoners",
        "bepalen bepaalt bepaald",
        "uitvoeren uitvoering uitgevoerd",
        "taak taken",
        "overheid overheden",
        "gemeente gemeenten",
        "voordeel voordelen",
        "doen doet gedaan",
        "schrijven schrijft",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["taart taak", "kans kan", "meer weer", "wijk wijn"])
def test_different_words_keep_different_stems(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tset", "test"),
        ("buutr", "buurt"),
        ("inwonr", "inwoner"),
        ("vergaderzng", "vergadering"),
        ("verghadring", "vergadering"),
    ],
)
def test_a_typing_error_is_close_to_the_word(typed: str, meant: str) -> None:
    assert Vocabulary([meant, "ander"], {}).closest(typed) == {stem(meant): 0.9}


@pytest.mark.parametrize("word", ["taart", "tent", "rest", "tse", "beurt", "zebra"])
def test_another_word_is_not_a_typing_error(word: str) -> None:
    assert Vocabulary(["taak", "test", "buurt"], {}).closest(word) == {}


def test_a_family_of_words_is_related_but_not_the_same() -> None:
    vocabulary = Vocabulary(["coproductie", "coproduceren", "ambtenaar", "energie"], {})

    assert vocabulary.closest("coproductie")[stem("coproductie")] == 1.0
    assert 0.4 < vocabulary.closest("coproductie")[stem("coproduceren")] < 1.0
    assert 0.4 < vocabulary.closest("energieraad")[stem("energie")] < 1.0
    assert vocabulary.closest("energiecooperatieraad") == {}
    assert stem("coproductie") in vocabulary.closest("coproduct")
    assert 0.4 < vocabulary.closest("gemeenteambtenaar")[stem("ambtenaar")] < 1.0


def test_a_word_counts_once_in_a_phrasing_that_has_its_relatives_too() -> None:
    phrases = ("coproductie coproduceren", "coproductie zelf")
    matcher = Matcher((Intent("een", "x", phrases[:1]), Intent("twee", "x", phrases[1:])), {}, ())

    assert confidence(matcher, "coproductie", "een") <= confidence(matcher, "coproductie", "twee")


def test_a_word_in_very_many_phrasings_still_counts() -> None:
    """Such a word leads only to the phrasings of which it is a large part."""
    letters = "abcdefghijklmnop"
    many = tuple(f"coproductie {one}o{other}el{one}" for one in letters for other in letters)
    matcher = Matcher(
        (Intent("begrip", "begrip", ("coproductie",)), Intent("rest", "rest", many)), {}, ()
    )

    assert best(matcher, "coproductie").name == "begrip"
    assert best(matcher, many[7]) == Match("rest", "rest", 1.0)
    assert best(matcher, f"eigenlijk {many[7]}").name == "rest"
    alone = Matcher((Intent("rest", "rest", many),), {}, ())
    word = many[7].split()[1]
    assert confidence(alone, f"coproductie {word} anders", "rest") > confidence(
        alone, f"{word} anders", "rest"
    )
