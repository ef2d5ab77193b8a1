"""What is printed for a campaign: QR codes, posters and a card. Needs the extra ``rapport``."""

import io
from collections.abc import Sequence
from datetime import date

from bot.campaigns.campaigns import Campaign
from bot.campaigns.links import Link
from bot.campaigns.texts import PosterTexts
from bot.report import engine

# The name of a file with the paper that it is for; one page each.
PAPERS = {"affiche-a4": "a4", "affiche-a5": "a5", "kaart-a6": "a6"}
_TEMPLATE = "poster.typ"
_QUIET = 4  # modules around a code, which readers need to find it
_PIXELS = 20  # for each module: sharp on any paper


def printed(
    campaign: Campaign,
    links: Sequence[Link],
    simple: Link | None,
    texts: PosterTexts,
    operator: str,
    made: date,
) -> dict[str, bytes]:
    """Each file by its name. The same arguments give the same bytes. Raises ReportUnavailable.

    ``simple``: the page in simple words. ``operator``: who offers the program; it may be empty.
    """
    engine.require()
    files: dict[str, bytes] = {}
    for link in links:
        for kind in ("svg", "png"):
            name = f"{campaign.code}-qr-{link.channel}.{kind}"
            files[name] = qr_code(link, kind, texts)
    data = _data(campaign, links, simple, texts, operator)
    for name, paper in PAPERS.items():
        made_of = {**data, "paper": paper}
        files[f"{campaign.code}-{name}.pdf"] = engine.pdf(
            _TEMPLATE, made_of, made, package=__package__
        )
    return files


def qr_code(link: Link, kind: str, texts: PosterTexts) -> bytes:
    """The code of a link as ``svg`` or ``png``."""
    import segno

    picture = io.BytesIO()
    code = segno.make_qr(link.address)
    if kind == "png":
        code.save(picture, kind=kind, scale=_PIXELS, border=_QUIET)
    else:
        alt = texts.qr_code.text(adres=link.shown)
        code.save(picture, kind=kind, border=_QUIET, omitsize=True, light="#fff", title=alt)
    return picture.getvalue()


def _data(
    campaign: Campaign,
    links: Sequence[Link],
    simple: Link | None,
    texts: PosterTexts,
    operator: str,
) -> dict[str, object]:
    senders = [
        texts.offered_by.text(beheerder=operator) if operator else "",
        texts.together_with.text(partner=campaign.partner) if campaign.partner else "",
    ]
    return {
        "document": texts.document_title.text(kop=campaign.title, naam=texts.name),
        "name": texts.name,
        "title": campaign.title,
        "text": campaign.text,
        "colour": campaign.colour,
        "instruction": texts.instruction,
        "codes": [_code(link, texts) for link in links],
        "promise": texts.promise,
        "simple": simple
        and {"label": texts.simple, "address": simple.address, "shown": simple.shown},
        "senders": [sender for sender in senders if sender],
    }


def _code(link: Link, texts: PosterTexts) -> dict[str, object]:
    import segno

    code = segno.make_qr(link.address)
    picture = io.BytesIO()
    code.save(picture, kind="svg", border=0, xmldecl=False)
    return {
        "label": texts.web if link.channel == "web" else texts.telegram,
        "address": link.address,
        "shown": link.shown,
        "picture": picture.getvalue().decode(),
        "alt": texts.qr_code.text(adres=link.shown),
        # How much wider the code is with the quiet zone around it.
        "quiet": _QUIET / code.symbol_size(border=0)[0],
    }
