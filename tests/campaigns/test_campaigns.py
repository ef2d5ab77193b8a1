"""Reading campaigns: what each says and opens, and every mistake at its place."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.campaigns.campaigns import COLOUR, Campaign, Campaigns, read_campaigns
from bot.commands import problems_of
from dialogues.content import Content
from dialogues.events import Ask, Check, Event, Examples
from dialogues.loader import FOLDER
from dialogues.markup import plain
from dialogues.problems import Problems
from tests.campaigns.bad_campaigns import ROWS
from tests.campaigns.conftest import CAMPAIGN, WHOLE, Read
from tests.conftest import ContentWith
from tests.content.bad_rows import MARK, Bad
from tests.content.bad_rows import WHOLE as ALL

LAST = date(2027, 6, 30)


def _only(read: Read, text: str) -> tuple[Campaigns, Campaign]:
    campaigns, problems = read(text)
    assert problems == []
    (campaign,) = campaigns
    return campaigns, campaign


def test_what_a_campaign_has(read: Read) -> None:
    _, campaign = _only(read, WHOLE)

    assert (campaign.code, campaign.name) == ("buurtfeest-2027", "Buurtfeest 2027")
    assert (campaign.payload, campaign.path) == ("c-buurtfeest-2027", "/c/buurtfeest-2027")
    assert re.fullmatch(r"[A-Za-z0-9_-]{4}", campaign.mark)
    assert (campaign.colour, campaign.partner) == ("#7a1f5c", "Bibliotheek Zonnewijk")
    assert campaign.until == LAST


def test_what_may_be_left_out(read: Read) -> None:
    _, campaign = _only(read, CAMPAIGN)

    assert (campaign.colour, campaign.partner, campaign.until) == (COLOUR, "", None)
    assert campaign.running(date.max)


def test_it_speaks_up_to_its_last_day_and_its_link_keeps_working(read: Read) -> None:
    campaigns, campaign = _only(read, WHOLE)
    (message,) = campaign.said(LAST)

    assert message.kind == "notice"
    said = plain(message.body)
    assert said == "Leuk dat u op het buurtfeest was.\n\nBibliotheek Zonnewijk"
    assert campaign.said(date(2027, 7, 1)) == ()
    assert campaigns.event(campaign) == Check()


def test_without_a_partner_only_the_line_is_said(read: Read) -> None:
    _, campaign = _only(read, CAMPAIGN)
    (message,) = campaign.said(LAST)

    assert plain(message.body) == "Leuk dat u op het buurtfeest was."


def test_it_is_found_by_its_code_its_mark_and_its_payload(read: Read) -> None:
    campaigns, campaign = _only(read, CAMPAIGN)

    assert campaigns.named("buurtfeest-2027") is campaign
    assert campaigns.marked(campaign.mark) is campaign
    assert campaigns.opened("c-buurtfeest-2027") is campaign
    for other in ("", "c-", "buurtfeest", "BUURTFEEST-2027", "c-c-buurtfeest-2027", "\x00", "🎉"):
        assert campaigns.named(other) is None
        assert campaigns.marked(other) is None
        assert campaigns.opened(other) is None
    assert campaigns.opened("buurtfeest-2027") is None


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("zelfcheck", Check()),
        ("cocreatie", Ask("cocreatie")),
        ("buurtpreventie", Ask("buurtpreventie")),
        ("volledig", Ask("volledig")),
        ("geen", Examples("geen")),
    ],
)
def test_where_it_begins(read: Read, name: str, event: Event) -> None:
    campaigns, campaign = _only(read, CAMPAIGN.replace("zelfcheck", name, 1))

    assert campaigns.event(campaign) == event


@pytest.mark.parametrize("text", [None, "", "# later\n", "\ufeff"], ids=repr)
def test_no_campaigns(tmp_path: Path, content: Content, text: str | None) -> None:
    if text is not None:
        (tmp_path / "campagnes.yaml").write_text(text, encoding="utf-8")
    problems = Problems()

    assert [*read_campaigns(tmp_path, content, problems)] == []
    assert not problems
    assert [*Campaigns()] == []
    assert Campaigns().opened("c-x") is None


def test_a_thousand_campaigns(read: Read) -> None:
    text = "".join(CAMPAIGN.replace("buurtfeest-2027", f"buurt-{n}") for n in range(1000))
    campaigns, problems = read(text)

    assert problems == []
    assert len({campaign.mark for campaign in campaigns}) == 1000


def test_the_example_in_the_file_is_a_campaign(read: Read) -> None:
    lines = (FOLDER / "campagnes.yaml").read_text(encoding="utf-8").split("#\n", 1)[1]
    campaigns, problems = read(lines.replace("# ", ""))

    assert problems == []
    assert [campaign.code for campaign in campaigns] == ["buurtfeest-2027"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_a_mistake_is_reported_at_its_place_and_nothing_else_is(read: Read, row: Bad) -> None:
    before, _, after = row.edits[ALL].partition(MARK)
    lines = before.split("\n")
    _, problems = read(before + after)

    assert problems == [f"{len(lines)}:{len(lines[-1]) + 1}: {said}" for said in row.said]


def test_the_good_campaigns_beside_a_bad_one_are_read(read: Read) -> None:
    campaigns, problems = read(CAMPAIGN + CAMPAIGN.replace("buurtfeest-2027", "X"))

    assert len(problems) == 1
    assert [campaign.code for campaign in campaigns] == ["buurtfeest-2027"]


def test_the_check_of_the_content_looks_at_campaigns_and_at_their_language(
    content_with: ContentWith,
) -> None:
    text = CAMPAIGN.replace("zelfcheck", "zelfchek", 1).replace("dat u op", "dat je op")
    reported = [str(problem) for problem in problems_of(content_with(campagnes=text))]

    assert [problem.split(": ")[0] for problem in reported] == [
        "content/campagnes.yaml:3:10",
        "content/campagnes.yaml:4:20",
    ]


def test_beside_broken_content_its_campaigns_are_still_checked(content_with: ContentWith) -> None:
    text = CAMPAIGN.replace("zelfcheck", "zelfchek", 1).replace(
        "2027\n  begin", f"{'a' * 61}\n  begin"
    )
    reported = [str(problem) for problem in problems_of(content_with(campagnes=text, bronnen=""))]

    # What a campaign begins with is known again when the rest is.
    assert [problem.split(": ")[0] for problem in reported] == [
        "content/bronnen.yaml:1:1",
        "content/campagnes.yaml:2:9",
    ]
