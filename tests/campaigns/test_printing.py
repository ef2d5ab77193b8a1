"""QR codes, posters and the card: one page, for everyone, and a phone reads the codes."""

import io
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pdfua
import pikepdf
import pytest
import typst
from PIL import Image

from bot.campaigns.campaigns import Campaign
from bot.campaigns.links import Link, Links
from bot.campaigns.printing import PAPERS, printed
from bot.campaigns.texts import PosterTexts
from dialogues.content import Content
from dialogues.yaml_source import Word
from tests.campaigns.conftest import BOT, WEB
from tests.report.reading import (
    SHARP,
    codes,
    elements,
    pages,
    pictures,
    seen,
    squeezed,
    targets,
    text_of,
)

MADE = date(2026, 11, 24)
MILLIMETRES = 25.4
SIZES = {"affiche-a4": (210, 297), "affiche-a5": (148, 210), "kaart-a6": (105, 148)}
OPERATOR = "Gemeente Voorbeeldstad"
READABLE = 8.5  # points, of letters on paper that is held in the hand
_LONG_WEB = "https://coproductiewijzer.gemeente-aan-de-waterkant-voorbeeldstad.example.nl/wijzer"
_LONG_SENTENCE = "Steekt u samen met anderen tijd in uw buurt, school of wijk? "


def _campaign(
    title: str = "Is uw initiatief coproductie?",
    text: str = "Doe de zelfcheck. Die duurt een paar minuten.",
    colour: str = "#7a1f5c",
    partner: str = "Bibliotheek Zonnewijk",
    code: str = "buurtfeest-2027",
) -> Campaign:
    return Campaign(Word(code), "Naam", Word("zelfcheck"), "Welkom.", title, text, colour, partner)


# A campaign, the links of the service, and who offers it.
CASES = {
    "web": (_campaign(), Links(WEB, ""), OPERATOR),
    "telegram": (_campaign(partner=""), Links("", BOT), ""),
    "both": (_campaign(), Links(WEB, BOT), OPERATOR),
    "long": (
        _campaign(
            "Helpt u mee met zorg, groen en veiligheid in de wijk? Zo dus",
            (_LONG_SENTENCE * 4)[:200].strip(),
            "#8a2b06",
            "Stichting Samen Sterk in de Wijk Zonnewijk en Omgeving 12345",
            "a" * 40,
        ),
        Links(_LONG_WEB, "B" * 32),
        "Gemeente Voorbeeldstad, afdeling Bewoners, Wijken en Participatie",
    ),
    "no words": (_campaign("W" * 60, "M" * 200, partner="W" * 60), Links(WEB, BOT), "W" * 100),
    "long words": (
        _campaign("Wijkverpleegkundigen coproductiewijzer", "aansprakelijkheidsverz " * 8),
        Links(WEB, BOT),
        OPERATOR,
    ),
}


@dataclass(frozen=True)
class Case:
    campaign: Campaign
    links: tuple[Link, ...]
    simple: Link | None
    operator: str
    files: Mapping[str, bytes]


def _case(content: Content, words: PosterTexts, name: str) -> Case:
    campaign, service, operator = CASES[name]
    links, simple = service.of(campaign), service.simple(content)
    files = printed(campaign, links, simple, words, operator, MADE)
    return Case(campaign, links, simple, operator, files)


@pytest.fixture(scope="module")
def made(content: Content, poster_words: PosterTexts) -> dict[str, Case]:
    return {name: _case(content, poster_words, name) for name in CASES}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, made: dict[str, Case]) -> Case:
    return made[request.param]


def _posters(case: Case) -> dict[str, bytes]:
    return {paper: case.files[f"{case.campaign.code}-{paper}.pdf"] for paper in PAPERS}


def _read_picture(data: bytes) -> list[str]:
    picture = Image.open(io.BytesIO(data)).convert("L")
    return [said for said, _ in seen(picture.tobytes(), *picture.size)]


def test_there_is_a_file_for_every_use(case: Case) -> None:
    ends = [f"qr-{link.channel}.{kind}" for link in case.links for kind in ("svg", "png")]

    assert [*case.files] == [
        f"{case.campaign.code}-{end}" for end in (*ends, *(f"{paper}.pdf" for paper in PAPERS))
    ]


def test_the_codes_are_read_back_from_their_pictures(case: Case) -> None:
    for link in case.links:
        name = f"{case.campaign.code}-qr-{link.channel}"
        png, svg = (case.files[f"{name}.{kind}"] for kind in ("png", "svg"))
        source = b'#image(bytes(sys.inputs.svg), width: 6cm, alt: "x")'
        drawn = typst.compile(source, format="pdf", sys_inputs={"svg": svg.decode()})

        assert _read_picture(png) == [link.address]
        assert codes(drawn) == [link.address]
        assert f"<title>QR-code met het adres {link.shown.replace('&', '&amp;')}.</title>" in (
            svg.decode()
        )


def test_the_codes_are_read_back_from_every_poster(case: Case) -> None:
    for paper, data in _posters(case).items():
        ((pixels, width, height),) = pictures(data)
        found = dict(seen(pixels, width, height))

        assert sorted(found) == sorted(link.address for link in case.links), paper
        for corners in found.values():
            columns, rows = zip(*corners, strict=True)
            box = min(columns), min(rows), max(columns), max(rows)
            _is_large_with_nothing_around_it(box, pixels, width)


def _is_large_with_nothing_around_it(
    box: tuple[int, int, int, int], pixels: bytes, width: int
) -> None:
    left, top, right, bottom = box
    side = right - left
    assert min(side, bottom - top) / SHARP * MILLIMETRES > 30
    # A code has at most 53 modules here, and needs 4 around it. Corners are a pixel or two off.
    near, far = 3, side * 4 // 53 - 3
    lines = [pixels[start : start + width] for start in range(0, len(pixels), width)]
    around = [line[left:right] for line in lines[top - far : top - near]]
    around += [line[left:right] for line in lines[bottom + near : bottom + far]]
    around += [line[left - far : left - near] for line in lines[top:bottom]]
    around += [line[right + near : right + far] for line in lines[top:bottom]]
    assert {*b"".join(around)} == {255}


def test_all_words_stand_on_every_poster_and_none_runs_off_it(
    case: Case, made: dict[str, Case], poster_words: PosterTexts
) -> None:
    campaign = case.campaign
    links = (*case.links, case.simple) if case.simple else case.links
    for paper, data in _posters(case).items():
        text = text_of(data)
        words = [
            poster_words.name,
            campaign.title,
            campaign.text,
            poster_words.instruction,
            poster_words.promise,
            campaign.partner,
            case.operator,
            *(link.shown for link in links),
        ]
        assert [word for word in words if squeezed(word) not in text] == [], paper
        assert targets(data) == {link.address for link in links}
        assert pages(data) == 1
        with pikepdf.open(io.BytesIO(data)) as document:
            (page,) = document.pages
            box = [float(side) * MILLIMETRES / 72 for side in page.MediaBox]
            assert _smallest_letters(page) >= READABLE or case is made["no words"], paper
        assert box == pytest.approx([0, 0, *SIZES[paper]], abs=0.1)
        left, top, right, bottom = _room(data)
        assert min(left, top) > 5, paper
        assert right < SIZES[paper][0] - 5, paper
        assert bottom < SIZES[paper][1] - 5, paper


def _smallest_letters(page: pikepdf.Page) -> float:
    fonts = [step for step in pikepdf.parse_content_stream(page) if str(step.operator) == "Tf"]
    return min(float(str(step.operands[1])) for step in fonts)


def _room(data: bytes) -> tuple[float, float, float, float]:
    """The smallest box around all words, in millimetres."""
    command = ["pdftotext", "-bbox", "-", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    boxes = [
        [float(side.partition('"')[0]) * MILLIMETRES / 72 for side in line.split('="')[1:]]
        for line in done.stdout.decode().splitlines()
        if "<word " in line
    ]
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def test_they_follow_the_rules_for_accessible_files(
    case: Case, poster_words: PosterTexts, tmp_path: Path
) -> None:
    for paper, data in _posters(case).items():
        file = tmp_path / f"{paper}.pdf"
        file.write_bytes(data)

        assert [str(finding) for finding in pdfua.validate(str(file)).findings] == []
        with pikepdf.open(io.BytesIO(data)) as document:
            assert str(document.Root.Lang).startswith("nl")
            assert document.Root.MarkInfo.Marked
            metadata = document.open_metadata()
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == f"{case.campaign.title} (Coproductiewijzer)"
            found = list(elements(document))
            roles = [str(element.S) for element in found]
            assert [role for role in roles if role.startswith("/H")] == ["/H1"]
            alt = [str(element.Alt) for element in found if element.S == "/Figure"]
            assert alt == [poster_words.qr_code.text(adres=link.shown) for link in case.links]


def test_the_same_campaign_gives_the_same_bytes(
    made: dict[str, Case], content: Content, poster_words: PosterTexts
) -> None:
    assert _case(content, poster_words, "both") == made["both"]


def test_only_with_pages_there_is_one_in_simple_words(made: dict[str, Case]) -> None:
    assert made["telegram"].simple is None
    assert made["web"].simple == Link("web", f"{WEB}/onderwerpen/eenvoudig")


HOSTILE = [
    '#panic("x") #import "@preview/cetz:0.1.0"',
    "$ x^2 $ \\ `code` <label> @ref = kop",
    '"); #read("/etc/passwd"); ("',
    "emoji 🎉👩‍👩‍👧 en שלום مرحبا 你好",
    "e\u0301 " * 20,
    " ",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_only_words(
    poster_words: PosterTexts, words: str, tmp_path: Path
) -> None:
    campaign = _campaign(words[:60], words, partner=words[:60])
    links = Links(WEB, BOT).of(campaign)
    files = printed(campaign, links, None, poster_words, words, MADE)
    data = files[f"{campaign.code}-kaart-a6.pdf"]

    assert sorted(codes(data)) == sorted(link.address for link in links)
    assert pages(data) == 1
    file = tmp_path / "kaart.pdf"
    file.write_bytes(data)
    assert [str(finding) for finding in pdfua.validate(str(file)).findings] == []
    if words.isascii():
        assert squeezed(words) in text_of(data)
