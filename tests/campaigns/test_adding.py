"""A new campaign is written whole behind what stood there, or nothing is."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.adding import Added, NoRoom, WrongCampaign, added
from bot.campaigns.campaigns import FILE, Campaigns
from bot.campaigns.links import Links
from dialogues.content import Content
from dialogues.events import Check
from tests.campaigns.bad_campaigns import TWINS
from tests.campaigns.conftest import BOT, CAMPAIGN, WEB, Read

TODAY = date(2026, 11, 24)
FIELDS = {
    "code": "actie-1",
    "naam": "Actie",
    "begin": "zelfcheck",
    "welkom": "Fijn dat u komt kijken.",
    "kop": "Is uw initiatief coproductie?",
    "tekst": "Doe de zelfcheck. Die duurt een paar minuten.",
    "kleur": "#0b5563",
}
# Where the value of each field is found again.
NAMES = {
    "code": "code",
    "naam": "name",
    "begin": "start",
    "welkom": "welcome",
    "kop": "title",
    "tekst": "text",
    "kleur": "colour",
    "partner": "partner",
}
COMMENT = "# Wie dit leest, is een redacteur.\n"
INDENTED = "".join(f"  {line}\n" for line in CAMPAIGN.splitlines())
# The whole file as it was.
BEFORE = {
    "comments": COMMENT,
    "empty": "",
    "a campaign": CAMPAIGN,
    "a comment behind it": CAMPAIGN + COMMENT,
    "no end of line": CAMPAIGN.rstrip("\n"),
    "a mark in front": f"\ufeff{CAMPAIGN}",
    "lines of Windows": CAMPAIGN.replace("\n", "\r\n"),
    "further to the right": COMMENT + INDENTED,
    "a document": f"---\n{CAMPAIGN}",
}
NO_ROOM = {
    "in one line": "[{code: abc, naam: n, begin: zelfcheck, welkom: w, kop: k, tekst: t}]\n",
    "an end": f"{CAMPAIGN}...\n",
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_what_stood_there_stays(tmp_path: Path, content: Content, read: Read, before: str) -> None:
    known, _ = read(before)
    made = added(tmp_path, content, FIELDS, TODAY)

    assert (tmp_path / FILE).read_bytes() == before.encode()
    assert made.data.startswith(before.encode())
    assert not before.count("\r\n") or made.data.count(b"\n") == made.data.count(b"\r\n")
    campaigns, problems = read(made.data.decode())
    assert problems == []
    assert [*campaigns] == [*known, made.campaign]
    assert made.campaign.code == "actie-1"


def test_without_a_file_it_is_made(tmp_path: Path, content: Content, read: Read) -> None:
    made = added(
        tmp_path, content, {**FIELDS, "partner": 'De "Hoek": #1', "tot": "2027-06-30"}, TODAY
    )

    assert made.path == tmp_path / FILE
    assert not made.path.exists()
    (campaign,), problems = read(made.data.decode())
    assert problems == []
    assert campaign == made.campaign
    assert (campaign.partner, campaign.until) == ('De "Hoek": #1', date(2027, 6, 30))


@pytest.mark.parametrize("before", NO_ROOM.values(), ids=NO_ROOM)
def test_a_file_to_which_nothing_can_be_added(
    tmp_path: Path, content: Content, before: str
) -> None:
    (tmp_path / FILE).write_text(before)

    with pytest.raises(NoRoom):
        added(tmp_path, content, FIELDS, TODAY)


@pytest.mark.parametrize(
    ("before", "code", "said"),
    [
        (CAMPAIGN, "buurtfeest-2027", "de code 'buurtfeest-2027' bestaat al."),
        (
            CAMPAIGN.replace("buurtfeest-2027", TWINS[0]),
            TWINS[1],
            f"de code '{TWINS[1]}' krijgt hetzelfde merkteken als '{TWINS[0]}'. "
            "Kies een andere code.",
        ),
        (
            "".join(CAMPAIGN.replace("buurtfeest-2027", f"b-{n}") for n in range(1000)),
            "actie-1",
            "hier staan 1001 campagnes. De grens is 1000. Haal oude campagnes weg.",
        ),
    ],
    ids=["the same code", "the same mark", "too many"],
)
def test_it_must_fit_beside_the_others(
    tmp_path: Path, content: Content, before: str, code: str, said: str
) -> None:
    (tmp_path / FILE).write_text(before)

    with pytest.raises(WrongCampaign) as refused:
        added(tmp_path, content, {**FIELDS, "code": code}, TODAY)
    assert refused.value.why == (("code", said),)


def _tried(folder: Path, content: Content, fields: dict[str, str]) -> Added | WrongCampaign:
    try:
        return added(folder, content, fields, TODAY)
    except WrongCampaign as error:
        return error


@given(code=st.text(max_size=80) | st.from_regex(r"[a-z0-9A-Z_./-]{1,45}", fullmatch=True))
def test_any_code_gives_good_links_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, content: Content, code: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    good = bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code, re.ASCII)) and 3 <= len(code) <= 40
    made = _tried(folder, content, {**FIELDS, "code": code})
    assert isinstance(made, Added) == good
    assert not (folder / FILE).exists()
    if isinstance(made, WrongCampaign):
        assert {key for key, _ in made.why} == {"code"}
        assert all(text.isprintable() for _, text in made.why)
        return
    assert made.campaign.code == code
    web, telegram = Links(WEB, BOT).of(made.campaign)
    assert re.fullmatch(rf"{WEB}/c/[a-z0-9-]+", web.address)
    payload = telegram.address.removeprefix(f"https://t.me/{BOT}?start=")
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    campaigns = Campaigns({made.campaign: Check()})
    assert campaigns.opened(payload) is made.campaign
    assert campaigns.named(web.address.removeprefix(f"{WEB}/c/")) is made.campaign


@given(key=st.sampled_from([*NAMES, "tot"]), value=st.text(max_size=250))
def test_any_value_is_kept_as_it_is_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: Content, key: str, value: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    made = _tried(folder, content, {**FIELDS, key: value})
    assert not (folder / FILE).exists()
    if isinstance(made, WrongCampaign):
        assert {name for name, _ in made.why} == {key}
    else:
        assert key == "tot" or getattr(made.campaign, NAMES[key]) == value.strip()
