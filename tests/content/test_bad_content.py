"""Every mistake an editor can make is reported with its place, in Dutch, and nothing else is."""

import re
from pathlib import Path

import pytest
import yaml

from bot.commands import problems_of
from dialogues import problems
from dialogues.loader import FOLDER
from dialogues.problems import ContentError
from tests.conftest import ContentWith
from tests.content import bad_meaning, bad_values
from tests.content.bad_rows import MARK, WHOLE, Bad
from tests.core.conftest import BRANCHING

ROWS = (
    *(*bad_values.FILES, *bad_values.NODES, *bad_values.VALUES),
    *(*bad_meaning.REFERENCES, *bad_meaning.WAYS),
)
WALKED = (*bad_values.OTHER_FILES, *bad_meaning.LANGUAGE)
# These need more than one file to be changed, or no file, and have a test of their own below.
OWN_TEST = {
    "bestand_ontbreekt",
    "bestand_onleesbaar",
    "geen_utf8",
    "minder_dan_twee",
    "onbereikbare_vraag",
    "knop_te_lang",
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
@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("row", WALKED, ids=_id)
def test_bad_texts_beside_sound_questions_too(content_with: ContentWith, row: Bad) -> None:
    _check(content_with, row)


def test_mistakes_of_language_add_up(content_with: ContentWith) -> None:
    texts = ["Dat mag jij weten.", "Dat is reeds bekend.", "Dit is co-creatie."]
    texts.append("En dan nog " + "een keer en " * 7 + "klaar.")
    remarks = "".join(
        f"- {{id: r{number}, bij: [geen], tekst: {text}}}\n" for number, text in enumerate(texts)
    )

    reported = _reported(content_with(opmerkingen=remarks))

    assert [text.split(":")[1] for text in reported] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("row", [*ROWS, *WALKED], ids=_id)
def test_a_row_is_about_its_rule(row: Bad) -> None:
    sentence = re.escape(SENTENCES[row.rule].format_map(_Anything())).replace("ANYTHING", ".+")

    assert any(re.match(sentence, said) for said in row.said)


class _Anything(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "ANYTHING"


def test_every_sentence_for_editors_is_said_by_some_row() -> None:
    hint = "bedoelde_u"

    assert {row.rule for row in (*ROWS, *WALKED)} | OWN_TEST | {hint} == set(SENTENCES)
    assert any("Bedoelde u" in said for row in ROWS for said in row.said)


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


def test_bytes_that_are_no_utf_8(content_with: ContentWith) -> None:
    folder = content_with(vormen="# één\n- id: café\n".encode("latin-1"), bronnen=b"\n\n\xff\xfe")
    said = "hier staat een teken dat geen UTF-8 is. Bewaar het bestand als UTF-8."

    assert _reported(folder) == [
        f"content/bronnen.yaml:3:1: {said}",
        f"content/vormen.yaml:1:1: {said}",
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_fine(content_with: ContentWith) -> None:
    text = (FOLDER / "vormen.yaml").read_text(encoding="utf-8")

    assert (
        _reported(content_with(vormen=b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())) == []
    )


def _branching(content_with: ContentWith, **files: object) -> list[str]:
    rows = {**BRANCHING, **files}
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
    name = "ladder_" * 7
    text = (FOLDER / "begrippen.yaml").read_text(encoding="utf-8")
    folder = content_with(begrippen=text.replace("- id: ladder\n", f"- id: {name}\n"))
    (reported,) = _reported(folder)

    assert reported.startswith("content/vragen.yaml:5:9: de gegevens van een knop zijn ")
    assert f"|k|{name}|" in reported
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
        ("begrippen", "  naam: Volledige coproductie\n", ""),
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
