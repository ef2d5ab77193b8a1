"""Every mistake an editor can make is reported with its place, in Dutch, and nothing else is."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from bot.commands import problems_of
from dialogues import problems
from dialogues.content import Example, Form
from dialogues.loader import FOLDER, TERMS_FOLDER
from dialogues.problems import ContentError
from dialogues.spelling import bare
from tests.campaigns import bad_campaigns
from tests.conftest import ContentWith
from tests.content import bad_meaning, bad_values
from tests.content.bad_rows import MARK, WHOLE, Bad
from tests.core.conftest import BRANCHING, TERM
from tests.made_once import CONTENT

ROWS = (
    *(*bad_values.FILES, *bad_values.NODES, *bad_values.VALUES),
    *(*bad_meaning.REFERENCES, *bad_meaning.EXAMPLES, *bad_meaning.WAYS),
)
# Measuring coverage takes longer than the check itself; for these it adds no line to the others.
_UNMEASURED = pytest.mark.usefixtures("unmeasured")
WALKED = (*bad_values.OTHER_FILES, *bad_meaning.LANGUAGE)
# These need more than one file to be changed, or no file, and have a test of their own below.
OWN_TEST = {
    "bestand_ontbreekt",
    "bestand_onleesbaar",
    "geen_utf8",
    "minder_dan_twee",
    "onbereikbare_vraag",
    "knop_te_lang",
    "onbekend_onderwerp",
    # test_language_gate.py
    "leesgemak",
    "zeldzame_woorden",
    "zeer_zeldzaam",
    "spelling",
    # tests/campaigns/test_command.py
    "dag_voorbij",
}
SENTENCES: dict[str, str] = yaml.safe_load(
    Path(problems.__file__).with_name("meldingen.yaml").read_text(encoding="utf-8")
)


def _id(row: Bad) -> str:
    return f"{row.rule}-{row.file}"


def _reported(folder: Path) -> list[str]:
    return [str(problem) for problem in problems_of(folder)]


def _marked(row: Bad) -> str:
    """The new text of the file, with marks."""
    if WHOLE in row.edits:
        return row.edits[WHOLE]
    text = (FOLDER / f"{row.file}.yaml").read_text(encoding="utf-8")
    for old, new in row.edits.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def _places(text: str) -> list[str]:
    lines = text.split("\n")
    return [
        f"{number}:{found.start() - line[: found.start()].count(MARK) + 1}"
        for number, line in enumerate(lines, start=1)
        for found in re.finditer(MARK, line)
    ]


def _check(content_with: ContentWith, row: Bad) -> None:
    marked = _marked(row)
    places = _places(marked)
    if len(places) == 1:
        places *= len(row.said)

    reported = _reported(content_with(**{row.file: marked.replace(MARK, "")}))

    said = zip(places, row.said, strict=True)
    assert reported == [f"content/{row.file}.yaml:{place}: {text}" for place, text in said]


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_bad_content_is_reported_at_its_place_and_nothing_else_is(
    content_with: ContentWith, row: Bad
) -> None:
    _check(content_with, row)


# Here the questions themselves are sound, so the check walks all ways through them as well.
@_UNMEASURED
@pytest.mark.parametrize("row", WALKED, ids=_id)
def test_bad_texts_beside_sound_questions_too(content_with: ContentWith, row: Bad) -> None:
    _check(content_with, row)


def test_mistakes_of_language_add_up(content_with: ContentWith) -> None:
    texts = ["Dat mag jij weten.", "Dat is reeds bekend.", "Dit is co-creatie."]
    texts += ["Dat is van burgers.", '"Dat mag j\\u0069j weten."']
    texts.append("En dan nog " + "een keer en " * 7 + "klaar.")
    remarks = "".join(
        f"- {{id: r{number}, bij: [geen], tekst: {text}}}\n" for number, text in enumerate(texts)
    )

    reported = _reported(content_with(opmerkingen=remarks))

    assert [text.split(":")[1] for text in reported] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("row", [*ROWS, *WALKED], ids=_id)
def test_a_row_is_about_its_rule(row: Bad) -> None:
    sentence = re.escape(SENTENCES[row.rule].format_map(_Anything())).replace("ANYTHING", ".+")

    assert any(re.match(sentence, said) for said in row.said)


class _Anything(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "ANYTHING"


def test_every_sentence_for_editors_is_said_by_some_row() -> None:
    hint = "bedoelde_u"
    rows = (*ROWS, *WALKED, *bad_campaigns.ROWS)

    assert {row.rule for row in rows} | OWN_TEST | {hint} == set(SENTENCES)
    assert any("Bedoelde u" in said for row in ROWS for said in row.said)


@_UNMEASURED
def test_missing_files_are_all_named(content_with: ContentWith) -> None:
    folder = content_with(vragen=None, bronnen=None, telegram=None, taalregels=None)

    assert _reported(folder) == [
        f"content/{name}.yaml:1:1: dit bestand ontbreekt."
        for name in ("bronnen", "taalregels", "telegram", "vragen")
    ]


def test_a_missing_folder_is_reported_and_no_crash(tmp_path: Path) -> None:
    reported = _reported(tmp_path / "weg")

    assert "weg/vragen.yaml:1:1: dit bestand ontbreekt." in reported


def test_a_file_that_cannot_be_read(content_with: ContentWith) -> None:
    folder = content_with(vormen=None)
    (folder / "vormen.yaml").mkdir()

    assert _reported(folder) == [
        "content/vormen.yaml:1:1: dit bestand kan niet worden gelezen (Is a directory)."
    ]


@_UNMEASURED
def test_without_the_folder_of_the_terms_or_with_nothing_in_it(content_with: ContentWith) -> None:
    folder = content_with()
    missing = ["content/begrippen/*.yaml:1:1: dit bestand ontbreekt."]
    for path in (folder / TERMS_FOLDER).iterdir():
        path.unlink()

    assert _reported(folder) == missing
    (folder / TERMS_FOLDER / "over.yml").write_text("- id: over\n")
    assert _reported(folder) == missing
    shutil.rmtree(folder / TERMS_FOLDER)
    assert _reported(folder) == missing


def test_one_unreadable_file_among_those_of_the_terms(content_with: ContentWith) -> None:
    folder = content_with(**{"begrippen/over": None, "begrippen/rollen": b"- id: caf\xe9\n"})
    (folder / TERMS_FOLDER / "over.yaml").mkdir()

    assert _reported(folder) == [
        "content/begrippen/over.yaml:1:1: dit bestand kan niet worden gelezen (Is a directory).",
        "content/begrippen/rollen.yaml:1:1: "
        "hier staat een teken dat geen UTF-8 is. Bewaar het bestand als UTF-8.",
    ]


def test_a_file_of_terms_that_is_no_topic(content_with: ContentWith) -> None:
    row = {"id": "los", **TERM}
    folder = content_with(**{"begrippen/lost": yaml.safe_dump([row], sort_keys=False)})

    assert _reported(folder) == [
        "content/begrippen/lost.yaml:1:7: "
        "het bestand heet 'lost', maar dat is geen onderwerp in teksten.yaml."
    ]


@_UNMEASURED
def test_a_phrase_that_a_term_shares_with_a_form_and_an_example(content_with: ContentWith) -> None:
    named: list[Form | Example] = [CONTENT.forms["markt"], CONTENT.examples["wikipedia"]]
    phrases = [row.also[0] for row in named]
    text = yaml.safe_dump([{"id": "nieuw", **TERM, "ook": phrases}])
    text += (FOLDER / "begrippen/verschil.yaml").read_text(encoding="utf-8")

    said = [f"{row.id.place.file}:{row.id.place.line}" for row in named]
    assert _reported(content_with(**{"begrippen/verschil": text})) == [
        f"{place}:7: '{bare(phrase)}' staat ook al bij 'nieuw'."
        for place, phrase in sorted(zip(said, phrases, strict=True))
    ]


@_UNMEASURED
@pytest.mark.parametrize("folder", [".", "..", "/"])
def test_a_folder_is_named_in_any_way(
    folder: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    reported = _reported(Path(folder))

    assert any(text.endswith("bronnen.yaml:1:1: dit bestand ontbreekt.") for text in reported)


def test_bytes_that_are_no_utf_8(content_with: ContentWith) -> None:
    folder = content_with(vormen="# één\n- id: café\n".encode("latin-1"), bronnen=b"\n\n\xff\xfe")
    said = "hier staat een teken dat geen UTF-8 is. Bewaar het bestand als UTF-8."

    assert _reported(folder) == [
        f"content/bronnen.yaml:3:1: {said}",
        f"content/vormen.yaml:1:1: {said}",
    ]


@_UNMEASURED
def test_a_byte_order_mark_and_windows_line_ends_are_fine(content_with: ContentWith) -> None:
    text = (FOLDER / "vormen.yaml").read_text(encoding="utf-8")

    assert (
        _reported(content_with(vormen=b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())) == []
    )


def _branching(content_with: ContentWith, **files: object) -> list[str]:
    paths = (FOLDER / TERMS_FOLDER).iterdir()
    terms = {f"{TERMS_FOLDER}/{path.stem}": [{"id": f"term_{path.stem}", **TERM}] for path in paths}
    rows = {**BRANCHING, **terms, **files}
    return _reported(content_with(**{name: yaml.safe_dump(row) for name, row in rows.items()}))


def test_fewer_than_two_questions(content_with: ContentWith) -> None:
    alfa = BRANCHING["vragen"][0]
    outcomes = [row for row in BRANCHING["uitkomsten"] if row["id"] in ("geen", "open")]
    remarks = [{**BRANCHING["opmerkingen"][0], "bij": ["geen"]}]

    reported = _branching(content_with, vragen=[alfa], uitkomsten=outcomes, opmerkingen=remarks)

    assert [text.partition(": ")[2] for text in reported] == [SENTENCES["minder_dan_twee"]]


def test_records_without_ids_and_tables_without_rows(content_with: ContentWith) -> None:
    words = (FOLDER / "woorden.yaml").read_text(encoding="utf-8").partition("opdrachten:")[0]
    folder = content_with(vragen="- naam: a\n- naam: b\n", woorden=f"{words}opdrachten: {{}}\n")
    said = [text.partition(": ")[2] for text in _reported(folder)]

    assert said.count("het veld 'id' ontbreekt.") == 2
    assert said.count("hier horen velden te staan (regels zoals 'naam: waarde').") == 1


def test_a_question_that_is_never_asked(content_with: ContentWith) -> None:
    never = {**BRANCHING["vragen"][4], "alleen_als": {"alfa": ["nee"], "beta": ["ja"]}}
    outcomes = [row for row in BRANCHING["uitkomsten"] if row["id"] != "rand"]
    south = {**outcomes[2], "als": {"alfa": ["ja"], "beta": ["ja"]}}

    reported = _branching(
        content_with,
        vragen=[*BRANCHING["vragen"][:4], never],
        uitkomsten=[*outcomes[:2], south, *outcomes[3:]],
    )

    assert [text.partition(": ")[2] for text in reported] == [SENTENCES["onbereikbare_vraag"]]


def test_a_button_that_does_not_fit(content_with: ContentWith) -> None:
    name = "film_" * 10
    text = (FOLDER / "begrippen/coproductie.yaml").read_text(encoding="utf-8")
    changed = text.replace("- id: film\n", f"- id: {name}\n")
    (reported,) = _reported(content_with(**{"begrippen/coproductie": changed}))

    assert reported.startswith("content/vragen.yaml:5:9: de gegevens van een knop zijn ")
    assert f"|m|{name}|" in reported
    assert reported.endswith("De grens is 64.")


def test_all_problems_of_all_files_come_in_one_run(content_with: ContentWith) -> None:
    changes = {}
    for rule in (
        "geen_code",
        "geen_https",
        "geen_keuze",
        "geen_id",
        "geen_getal",
        "veld_ontbreekt",
        "invulplek_onbekend",
    ):
        row = next(row for row in (*ROWS, *WALKED) if row.rule == rule)
        changes[row.file] = _marked(row).replace(MARK, "")
    changes["teksten"] = ""
    reported = _reported(content_with(**changes))

    assert reported == sorted(reported)
    assert {text.partition(":")[0] for text in reported} == {
        f"content/{file}.yaml" for file in changes
    }


def test_a_broken_record_does_not_make_references_to_it_wrong(content_with: ContentWith) -> None:
    # The source `roset` is named in every file, the question `doel` in rules, forms and remarks.
    broken = {}
    for file, old, new in (
        ("bronnen", "makers: Roset Twente", "maker: Roset Twente"),
        ("vragen", "  naam: doel\n", "  naamm: doel\n"),
        ("uitkomsten", "  zin: Volgens uw antwoorden is dit volledige coproductie.\n", ""),
        ("begrippen/vormen", "  naam: Volledige coproductie\n", ""),
    ):
        text = (FOLDER / f"{file}.yaml").read_text(encoding="utf-8")
        assert text.count(old) == 1
        broken[file] = text.replace(old, new)
    said = [text.partition(": ")[2] for text in _reported(content_with(**broken))]

    assert said == [
        "het veld 'naam' ontbreekt.",
        "het veld 'makers' ontbreekt.",
        "onbekend veld 'maker'. Bedoelde u 'makers'?",
        "het veld 'zin' ontbreekt.",
        "het veld 'naam' ontbreekt.",
        "onbekend veld 'naamm'. Bedoelde u 'naam'?",
    ]


def test_the_error_holds_every_problem_once_and_in_order(content_with: ContentWith) -> None:
    reported = problems_of(content_with(vragen="", bronnen=""))
    error = ContentError([*reported, *reversed(reported)])

    assert error.problems == reported
    assert str(error) == "\n".join(map(str, reported))
