"""``content/LEESMIJ.md`` names every file, field and place to fill in, and no other."""

import inspect
import re
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from bot import cli_texts
from bot.campaigns import campaigns
from bot.campaigns import texts as poster_texts
from bot.counts import texts as count_texts
from bot.report import texts as report_texts
from bot.telegram import texts as telegram_texts
from bot.web import texts as web_texts
from dialogues import content, language, loader, problems, texts
from dialogues.problems import Problems
from dialogues.yaml_source import open_source
from tests.docs.markdown import GUIDE, blocks, code, rows, section

FILES: dict[str, tuple[type, ...]] = {
    "vragen.yaml": (content.Question, content.Option),
    "uitkomsten.yaml": (content.Outcome,),
    "vormen.yaml": (content.Form,),
    "opmerkingen.yaml": (content.Remark,),
    "begrippen/<onderwerp>.yaml": (content.Term,),
    "voorbeelden.yaml": (content.Example, content.Variant),
    "bronnen.yaml": (content.Reference,),
    "woorden.yaml": (content.Words,),
    "teksten.yaml": (texts.Texts,),
    "taalregels.yaml": (language.Rules,),
    "campagnes.yaml": (campaigns.Campaign,),
    "affiche.yaml": (poster_texts.PosterTexts,),
    "tellingen.yaml": (count_texts.CountTexts, count_texts.MeasureTexts),
    "opdrachtregel.yaml": (cli_texts.CliTexts,),
    "telegram.yaml": (telegram_texts.TelegramTexts, telegram_texts.Command),
    "rapport.yaml": (report_texts.ReportTexts,),
    "web.yaml": (web_texts.WebTexts, web_texts.Section),
}
_MODULES = (
    *(content, texts, language, campaigns, poster_texts, count_texts),
    *(cli_texts, telegram_texts, report_texts, web_texts),
)


def _described(kinds: tuple[type, ...]) -> list[tuple[str, bool]]:
    """The keys of these dataclasses, with whether they are required."""
    return [(f.metadata["key"], f.default is MISSING) for kind in kinds for f in fields(kind)]


def _dataclasses_with_keys(module: ModuleType) -> set[type]:
    found = (kind for _, kind in inspect.getmembers(module, inspect.isclass))
    return {
        kind
        for kind in found
        if is_dataclass(kind) and fields(kind) and all("key" in f.metadata for f in fields(kind))
    }


def _table(file: str) -> list[dict[str, str]]:
    found = list(rows(section(GUIDE, f"### `{file}`")))
    assert found, f"content/LEESMIJ.md has no section with a table about {file}"
    return found


def _written(file: str) -> dict[str, str]:
    """What stands behind each key of a file; a list or table as something without a meaning."""
    source = open_source(loader.FOLDER / file, file, Problems())
    assert source is not None
    return {str(name): str(entry.node.value) for name, entry in source.entries().items()}


def _sentences() -> dict[str, str]:
    path = Path(problems.__file__).with_name("meldingen.yaml")
    found: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def test_no_dataclass_of_the_content_is_forgotten() -> None:
    known = {kind for kinds in FILES.values() for kind in kinds}

    assert known == set().union(*map(_dataclasses_with_keys, _MODULES))


def test_no_file_of_the_content_is_forgotten() -> None:
    found = (path.relative_to(loader.FOLDER) for path in loader.FOLDER.rglob("*.yaml"))
    # The files of the topics are all alike.
    alike = ("begrippen/<onderwerp>.yaml" if len(path.parts) > 1 else path.name for path in found)

    assert set(FILES) == set(alike)


@pytest.mark.parametrize("file", FILES)
def test_every_field_is_explained(file: str) -> None:
    explained = [(row["Veld"].strip("`"), row.get("Moet", "ja") == "ja") for row in _table(file)]

    assert sorted(_described(FILES[file])) == sorted(explained)


@pytest.mark.parametrize(
    "file",
    [
        *("teksten.yaml", "affiche.yaml", "tellingen.yaml", "opdrachtregel.yaml"),
        *("telegram.yaml", "rapport.yaml", "web.yaml"),
    ],
)
def test_every_place_to_fill_in_is_named(file: str) -> None:
    written = _written(file)

    for row in _table(file):
        if "Invulplekken" in row:
            present = set(re.findall(r"\{\w+\}", written.get(row["Veld"].strip("`"), "")))
            named = set(re.findall(r"`(\{\w+\})`", row["Invulplekken"]))

            assert present == named, row["Veld"]


def test_the_messages_are_those_of_the_check() -> None:
    # A place to fill in stands for anything; "{{" is a brace.
    patterns = [
        re.sub(r"\\\{.*?\\\}", ".*", re.escape(sentence)) for sentence in _sentences().values()
    ]
    hint = r"( Bedoelde u '.*'\?)?"
    shown = [block for block in blocks(GUIDE, "text") if "yaml:" in block]
    lines = re.findall(r"yaml:\d+:\d+: (.*)", "\n".join(shown))

    assert lines
    for line in lines:
        assert any(re.fullmatch(pattern + hint, line) for pattern in patterns), line


def test_the_explained_messages_exist() -> None:
    sentences = "\n".join(_sentences().values())

    for row in rows(section(GUIDE, "## Controleren en meldingen")):
        assert row["Melding"].strip("`") in sentences


def test_the_texts_of_the_check_are_quoted_as_they_are() -> None:
    written = _written("opdrachtregel.yaml")

    assert written["check_goed"] in code(GUIDE)
    assert written["check_fout"].replace("{aantal}", "3") in code(GUIDE)
