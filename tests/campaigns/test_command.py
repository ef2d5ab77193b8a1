"""The command ``campaign``, as who makes a campaign meets it."""

import resource
import subprocess
from pathlib import Path

import pytest

from bot.campaigns import command
from bot.campaigns.campaigns import FILE
from bot.report.engine import ReportUnavailable
from dialogues.entries import entries
from dialogues.flow import Flow
from tests.campaigns.conftest import BOT, CAMPAIGN, WEB, WHOLE, Command
from tests.cli.conftest import COMMAND, environment

CODE = "buurtfeest-2027"
NEW = ("new", CODE, "--start", "zelfcheck")
FILES = {
    *(f"{CODE}-qr-{channel}.{kind}" for channel in ("web", "telegram") for kind in ("svg", "png")),
    *(f"{CODE}-{paper}.pdf" for paper in ("affiche-a4", "affiche-a5", "kaart-a6")),
}
LINKS = f"Web: {WEB}/c/{CODE}\nTelegram: https://t.me/{BOT}?start=c-{CODE}\n"


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_campaign_is_written_and_printed(campaign: Command, folder: Path) -> None:
    status, said, wrong = campaign(*NEW, "--partner", "De Hoek", "--until", "2040-06-30")

    assert (status, wrong) == (0, "")
    assert f"De campagne '{CODE}' staat in {folder / FILE}." in said
    assert LINKS in said
    made = folder.parent / CODE
    assert files(made) == FILES
    assert all(str(Path(CODE) / name) in said for name in FILES)
    assert campaign("list")[1] == (
        f"{CODE}: Buurtfeest 2027\n"
        "  Begint met: zelfcheck\n"
        "  Tot en met: 2040-06-30\n"
        f"  Web: {WEB}/c/{CODE}\n"
        f"  Telegram: https://t.me/{BOT}?start=c-{CODE}\n"
    )


def test_a_campaign_is_printed_again_and_where_it_is_wanted(
    campaign: Command, folder: Path
) -> None:
    (folder / FILE).write_text(WHOLE, encoding="utf-8")
    before = everything(folder)
    made = folder.parent / "drukwerk"
    made.mkdir()
    (made / f"{CODE}-qr-web.svg").write_text("oud", encoding="utf-8")
    status, said, _ = campaign("make", CODE, "--out", "drukwerk", COPRO_TELEGRAM_NAME="")

    assert status == 0
    assert "<svg" in (made / f"{CODE}-qr-web.svg").read_text(encoding="utf-8")
    assert said.startswith(f"Web: {WEB}/c/{CODE}\ndrukwerk/")
    assert files(made) == {name for name in FILES if "telegram" not in name}
    assert everything(folder) == before


def test_what_links_can_lead_to_is_listed(campaign: Command, flow: Flow) -> None:
    _, said, _ = campaign("entries")

    assert [line for line in said.splitlines() if not line.startswith(" ")] == [
        *entries(flow.content)
    ]
    assert f"cocreatie\n  Web: {WEB}/begrippen/cocreatie\n" in said
    assert f"  Telegram: https://t.me/{BOT}?start=volledig\n" in said


def test_campaigns_are_listed_also_without_any_address(campaign: Command, folder: Path) -> None:
    nowhere = {"COPRO_PUBLIC_URL": "", "COPRO_TELEGRAM_NAME": ""}
    assert "Er zijn nog geen campagnes." in campaign("list", **nowhere)[1]
    (folder / FILE).write_text(
        WHOLE.replace("2027-06-30", "2020-06-30") + CAMPAIGN.replace(CODE, "ander")
    )
    _, said, _ = campaign("list", **nowhere)

    assert "Voorbij sinds: 2020-06-30" in said
    assert "Zonder einddatum" in said
    assert "http" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new", "../etc", "--start", "zelfcheck"), "code: '../etc' is geen geldige code."),
        (("new", "bu\x1b[31mrt", "--start", "zelfcheck"), "code: "),
        (("new", "буртфест", "--start", "zelfcheck"), "is geen geldige code."),
        (("new", "b" * 41, "--start", "zelfcheck"), "is geen geldige code."),
        (("new", CODE, "--start", "zelfchek"), "Bedoelde u 'zelfcheck'?"),
        (("new", CODE, "--start", "stop"), "--start: 'stop' is geen begrip"),
        ((*NEW, "--text", "a" * 5000), "--text: deze tekst heeft 5000 tekens. De grens is 200."),
        ((*NEW, "--title", "Doe je mee?"), "--title: hier staat 'je'."),
        ((*NEW, "--welcome", "<b>hoi</b>"), "--welcome: "),
        ((*NEW, "--colour", "geel"), "--colour: hier hoort een kleur te staan"),
        ((*NEW, "--colour", "#ffff00"), "--colour: de kleur '#ffff00' is te licht."),
        ((*NEW, "--until", "30-6-2040"), "--until: hier hoort een datum te staan"),
        ((*NEW, "--until", "2020-06-30"), "--until: deze dag is voorbij."),
        (("new", CODE), "'--start' ontbreekt."),
        (("new", "--start", "zelfcheck"), "Deze opdracht begrijp ik niet."),
        (("maak", CODE), "'maak' ken ik niet. Typ 'coproductiewijzer --help' voor uitleg."),
        (("make", "buurtfest"), "'buurtfest' is geen campagne."),
    ],
    ids=str,
)
def test_what_is_wrong_is_named_and_nothing_is_made(
    campaign: Command, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = everything(folder.parent)
    status, output, wrong = campaign(*arguments)

    assert (status, output) == (2, "")
    assert said in wrong
    assert wrong.replace("\n", "").isprintable()
    assert everything(folder.parent) == before


def test_a_campaign_that_is_not_there_may_be_one_that_is(campaign: Command, folder: Path) -> None:
    (folder / FILE).write_text(WHOLE, encoding="utf-8")

    assert f"Bedoelde u '{CODE}'?" in campaign("make", "buurtfest-2027")[2]


@pytest.mark.parametrize("action", [NEW, ("make", CODE), ("entries",)], ids=str)
def test_without_any_address_there_is_nothing_to_print(
    campaign: Command, folder: Path, action: tuple[str, ...]
) -> None:
    before = everything(folder.parent)
    status, output, wrong = campaign(*action, COPRO_PUBLIC_URL="", COPRO_TELEGRAM_NAME="")

    assert (status, output) == (2, "")
    assert wrong.startswith("Er is nog geen adres.")
    assert everything(folder.parent) == before


def test_a_wrong_setting_is_named(campaign: Command) -> None:
    status, _, wrong = campaign(*NEW, COPRO_PUBLIC_URL="wijzer.nl")

    assert status == 2
    assert "COPRO_PUBLIC_URL" in wrong


def test_without_the_extra_there_are_links_but_no_posters(
    campaign: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(*_: object) -> None:
        raise ReportUnavailable

    monkeypatch.setattr(command, "printed", absent)
    status, said, wrong = campaign(*NEW)

    assert status == 1
    assert LINKS in said
    assert "pip install 'coproductiewijzer[rapport]'" in wrong
    assert CODE in (folder / FILE).read_text(encoding="utf-8")
    assert not (folder.parent / CODE).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- code: [\n", f"{FILE}:"),
        (
            "".join(CAMPAIGN.replace(CODE, f"buurt-{number}") for number in range(10_000)),
            "hier staan 10000 campagnes. De grens is 1000.",
        ),
    ],
    ids=["damaged", "ten thousand"],
)
def test_a_file_with_faults_is_reported_and_left_alone(
    campaign: Command, folder: Path, text: str, said: str
) -> None:
    (folder / FILE).write_text(text, encoding="utf-8")
    before = everything(folder.parent)
    status, _, wrong = campaign("new", "nieuw-2027", "--start", "zelfcheck")

    assert status == 1
    assert said in wrong
    assert "De inhoud heeft fouten. Er is niets gestart." in wrong
    assert everything(folder.parent) == before


def test_a_file_in_one_line_has_no_room(campaign: Command, folder: Path) -> None:
    text = "[{code: abc, naam: n, begin: zelfcheck, welkom: w, kop: k, tekst: t}]\n"
    (folder / FILE).write_text(text, encoding="utf-8")
    status, _, wrong = campaign(*NEW)

    assert status == 1
    assert "past de campagne niet onderaan" in wrong
    assert (folder / FILE).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("elders/nergens", "deze map bestaat niet."),
        (FILE, "deze map bestaat niet."),
        ("/sys", "u mag hier geen bestand maken."),
        ("/dev/full", "deze map bestaat niet."),
    ],
)
def test_where_nothing_can_be_made_nothing_is_changed(
    campaign: Command, folder: Path, out: str, why: str
) -> None:
    (folder.parent / FILE).write_text("iets anders", encoding="utf-8")
    before = everything(folder.parent)
    status, output, wrong = campaign(*NEW, "--out", out)

    assert (status, output) == (1, "")
    assert wrong.endswith(f"kan niet gemaakt worden: {why} Er is niets veranderd.\n")
    assert everything(folder.parent) == before


def test_a_folder_in_the_way_of_the_last_file_leaves_the_others_as_they_were(
    campaign: Command, folder: Path
) -> None:
    made = folder.parent / CODE
    (made / f"{CODE}-kaart-a6.pdf").mkdir(parents=True)
    (made / f"{CODE}-qr-web.svg").write_text("oud", encoding="utf-8")
    before = everything(folder.parent)
    status, output, wrong = campaign(*NEW)

    assert (status, output) == (1, "")
    assert "-kaart-a6.pdf' kan niet gemaakt worden: dit is een map." in wrong
    assert everything(folder.parent) == before


def test_on_a_disk_that_is_full_nothing_is_changed(folder: Path) -> None:
    before = everything(folder.parent)
    settings = environment(COPRO_CONTENT=str(folder), COPRO_PUBLIC_URL=WEB)
    # A poster of this size goes too far; a full disk fails a write in the same place.
    done = subprocess.run(
        [*COMMAND, "campaign", *NEW],
        cwd=folder.parent,
        env=settings,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000)),
    )

    assert done.returncode == 1
    assert "kan niet gemaakt worden" in done.stderr
    assert everything(folder.parent) == before
    assert not (folder.parent / CODE).exists()
