"""Campaigns of every sort, for the pages."""

from datetime import date

from bot.campaigns.campaigns import Campaign, Campaigns
from dialogues.events import Ask, Check, Event, Start
from dialogues.yaml_source import Word

PARTNER = "Bibliotheek Zonnewijk"
LINE = "Leuk dat u er was"


def _made(code: str, until: date | None = None) -> Campaign:
    line = f"{LINE}, bij {code}."
    title, text = "Is uw initiatief coproductie?", "Doe de zelfcheck."
    return Campaign(Word(code), code, Word("begin"), line, title, text, "#7a1f5c", PARTNER, until)


OPENING: dict[Campaign, Event] = {
    _made("buurtfeest-2027"): Ask("cocreatie"),
    _made("zelf-doen"): Check(),
    _made("begin"): Start(),
    _made("voorbij", date(2026, 1, 1)): Ask("cocreatie"),
}
CAMPAIGNS = Campaigns(OPENING)
TERM, CHECK, START, ENDED = OPENING
