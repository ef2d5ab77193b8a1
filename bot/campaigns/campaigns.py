"""The campaigns of ``campagnes.yaml``: where their links lead, and what they say."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from bot.campaigns.readers import campaign_code, dark_colour, day
from dialogues.content import Content
from dialogues.entries import entries, entry
from dialogues.events import Check, Event, Explaining, Start
from dialogues.fields import key, line, record
from dialogues.intents import COMMANDS
from dialogues.loader import load, shown_name
from dialogues.markup import Paragraph, Plain
from dialogues.problems import ContentError, Problems
from dialogues.turn import Message
from dialogues.yaml_source import Source, Word, open_source

FILE = "campagnes.yaml"
PATH, PAYLOAD = "/c/", "c-"
COLOUR = "#0b5563"  # unless a campaign has its own
_MOST = 1000
_MARK = 3  # bytes, which are four characters
# A poster that begins with "terug" or "stop" would make no sense.
_Opening = Explaining | Start | Check
_COMMANDS = [name for name, event in COMMANDS.items() if isinstance(event, _Opening)]


@dataclass(frozen=True, slots=True)
class Campaign:
    """``start``: the name of what it opens. ``until``: its last day; without one it goes on."""

    code: Word = key("code", campaign_code)
    name: str = key("naam", line(60))
    start: Word = key("begin", Source.word)
    welcome: str = key("welkom", line(200))
    title: str = key("kop", line(60))
    text: str = key("tekst", line(200))
    colour: str = key("kleur", dark_colour, default=COLOUR)
    partner: str = key("partner", line(60), default="")
    until: date | None = key("tot", day, default=None)

    @property
    def mark(self) -> str:
        """Short enough to travel in every button."""
        digest = hashlib.sha256(self.code.encode()).digest()
        return urlsafe_b64encode(digest[:_MARK]).decode()

    @property
    def payload(self) -> str:
        """What a link to Telegram carries."""
        return f"{PAYLOAD}{self.code}"

    @property
    def path(self) -> str:
        """What a link to the web leads to, below the public address."""
        return f"{PATH}{self.code}"

    def running(self, today: date) -> bool:
        return self.until is None or today <= self.until

    def said(self, today: date) -> tuple[Message, ...]:
        """The line of the campaign, signed by its partner; nothing once it has ended."""
        if not self.running(today):
            return ()
        lines = (self.welcome, self.partner) if self.partner else (self.welcome,)
        return (Message("notice", tuple(Paragraph((Plain(text),)) for text in lines)),)


class Campaigns:
    """All campaigns, also those that have ended: their links keep working."""

    def __init__(self, opening: Mapping[Campaign, Event] | None = None) -> None:
        """``opening``: what each campaign begins with."""
        self._opening = dict(opening or {})
        self._by_code = {str(campaign.code): campaign for campaign in self._opening}
        self._by_mark = {campaign.mark: campaign for campaign in self._opening}

    def __iter__(self) -> Iterator[Campaign]:
        return iter(self._opening)

    def named(self, code: str) -> Campaign | None:
        return self._by_code.get(code)

    def marked(self, mark: str) -> Campaign | None:
        return self._by_mark.get(mark)

    def opened(self, payload: str) -> Campaign | None:
        """The campaign of a link to Telegram; None for a payload that is no campaign's."""
        code = payload.removeprefix(PAYLOAD)
        return self.named(code) if code != payload else None

    def event(self, campaign: Campaign) -> Event:
        """What the campaign begins with."""
        return self._opening[campaign]


def read_campaigns(folder: Path, content: Content, problems: Problems) -> Campaigns:
    """The campaigns of a folder; none when it has no file of them, or one without any."""
    source = _source(folder, problems)
    return Campaigns() if source is None else campaigns_in(source, content)


def check_campaigns(folder: Path, problems: Problems) -> None:
    """Report what is wrong with the campaigns of a folder, also where other content is broken."""
    source = _source(folder, problems)
    if source is None:
        return
    try:
        campaigns_in(source, load(folder))
    except ContentError:
        _rows(source)


def campaigns_in(source: Source, content: Content) -> Campaigns:
    """The campaigns that stand in a source. Those with a problem are reported and left out."""
    opening = {}
    for campaign in _rows(source):
        event = entry(content, campaign.start)
        if event is None or not isinstance(event, _Opening):
            known = chain(_COMMANDS, entries(content))
            source.problems.add_unknown(
                campaign.start.place, "onbekend_begin", campaign.start, known
            )
        else:
            opening[campaign] = event
    return Campaigns(opening)


def _source(folder: Path, problems: Problems) -> Source | None:
    path = folder / FILE
    return open_source(path, shown_name(path), problems, optional=True)


def _rows(source: Source) -> list[Campaign]:
    items = list(source.items())
    if len(items) > _MOST:
        source.problem("te_veel_campagnes", aantal=len(items), grens=_MOST)
        return []
    rows: list[Campaign] = []
    taken: dict[str, Word] = {}
    for campaign in filter(None, map(record(Campaign), items)):
        code = campaign.code
        other = taken.setdefault(campaign.mark, code)
        if other is code:
            rows.append(campaign)
        elif other == code:
            source.problems.add(code.place, "dubbele_code", woord=code)
        else:
            source.problems.add(code.place, "zelfde_merkteken", woord=code, ander=other)
    return rows
