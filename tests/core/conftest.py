"""A small flow with branches, made of the real content with a few files replaced."""

import shutil
from typing import Any

import pytest
import yaml

from dialogues.check import check
from dialogues.flow import Flow
from dialogues.loader import FOLDER, TERMS_FOLDER, load

OPTIONS = ("ja", "nee", "weet_niet")


def question(name: str, options: tuple[str, ...] = OPTIONS, **more: object) -> dict[str, Any]:
    """A question as it stands in the YAML, with its first letter as its code."""
    said = {"toelichting": "Uitleg.", "waarom": "Daarom.", "voorbeeld": "Zo."}
    lists = {"telt": ["Dit."], "telt_niet": ["Dat."], "bronnen": ["roset"]}
    answers = [{"id": o, "tekst": o.capitalize(), "reden": f"Bij {name}: {o}."} for o in options]
    head = {"id": name, "code": name[0], "naam": name, "vraag": f"Hoe is {name}?"}
    return {**head, **said, **lists, "antwoorden": answers, **more}


def outcome(name: str, **rule: object) -> dict[str, Any]:
    said = {"naam": name, "zin": f"Dit is {name}.", "uitleg": "Uitleg."}
    return {"id": name, **said, "verder_lezen": ["roset"], **rule}


BRANCHING: dict[str, list[dict[str, Any]]] = {
    "vragen": [
        question("alfa"),
        question("beta", alleen_als={"alfa": ["ja"]}),
        question("gamma", alleen_als={"alfa": ["ja", "weet_niet"], "beta": ["nee"]}),
        question("delta", (*OPTIONS, "deels")),
        question("epsilon", alleen_als={"delta": ["deels"]}),
    ],
    "uitkomsten": [
        outcome("noord", als={"alfa": ["ja"], "beta": ["nee"], "gamma": ["ja"]}),
        outcome("oost", als={"alfa": ["ja"], "beta": ["nee"], "gamma": ["nee"]}),
        outcome("zuid", als={"alfa": ["ja"], "beta": ["ja"], "delta": ["ja", "nee"]}),
        outcome("rand", als={"beta": ["ja"], "epsilon": ["ja", "nee"]}),
        outcome("geen", als_een_van={"alfa": ["nee"]}, direct="ja"),
        outcome("open"),
    ],
    "vormen": [{"id": "vorm", "naam": "Vorm", "herken": "Zo.", "meer": "Zo.", "faalt": ["alfa"]}],
    "voorbeelden": [
        {
            **{"id": "proef", "naam": "Proef", "veld": "zorg", "land": "nl", "tekst": "Zo."},
            **{"antwoorden": {"alfa": "nee"}, "uitkomst": "geen", "waarom": "Daarom."},
            "bedacht": "ja",
        }
    ],
    "opmerkingen": [{"id": "let_op", "bij": ["zuid"], "tekst": "Let op."}],
}
TERM = {"naam": "Term", "vraag": "Wat is een term?", "tekst": "Een woord.", "meer": "Nog een."}


@pytest.fixture(scope="session")
def branching(tmp_path_factory: pytest.TempPathFactory) -> Flow:
    """Beta is asked when alfa is ja, gamma when beta is then nee, epsilon when delta is deels."""
    folder = tmp_path_factory.mktemp("branching") / "content"
    shutil.copytree(FOLDER, folder)
    files = dict(BRANCHING)
    for path in (FOLDER / TERMS_FOLDER).iterdir():
        files[f"{TERMS_FOLDER}/{path.stem}"] = [{"id": f"term_{path.stem}", **TERM}]
    for name, rows in files.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(rows, sort_keys=False))
    assert check(folder) == ()
    return Flow(load(folder))
