"""The command ``campaign``: making one, printing for it, and listing what links can lead to."""

import argparse
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from bot.arguments import PROGRAM
from bot.campaigns import texts as poster_texts
from bot.campaigns.adding import Added, NoRoom, WrongCampaign, added
from bot.campaigns.campaigns import COLOUR, FILE, Campaign, Campaigns, read_campaigns
from bot.campaigns.links import Link, Links, NoAddress, links_of
from bot.campaigns.printing import printed
from bot.campaigns.texts import PosterTexts
from bot.cli_texts import CliTexts
from bot.dates import today
from bot.refused import Refused, harmless
from bot.report.engine import ReportUnavailable
from bot.report.output import NotWritten, told_of, written_beside
from bot.settings import Environment, operator
from dialogues.flow import Flow
from dialogues.loader import read_record
from dialogues.problems import Problems

# The key of each field with the argument that it comes from, in the order of the file.
_ARGUMENTS = {
    "code": "code",
    "naam": "name",
    "begin": "start",
    "welkom": "welcome",
    "kop": "title",
    "tekst": "text",
    "kleur": "colour",
    "partner": "partner",
    "tot": "until",
}


def run(
    options: argparse.Namespace,
    flow: Flow,
    texts: CliTexts,
    folder: Path,
    environment: Environment,
    output: TextIO,
) -> None:
    """Do what the options ask. The texts of the folder must have been checked.

    Raises Refused, and WrongSetting.
    """
    desk = _Desk(flow, texts, folder, environment, output)
    match options.action:
        case "new":
            desk.new(options)
        case "make":
            desk.make(options)
        case "list":
            desk.list()
        case _:
            desk.entries()


@dataclass(frozen=True, slots=True)
class _Desk:
    flow: Flow
    texts: CliTexts
    folder: Path
    environment: Environment
    output: TextIO

    def new(self, options: argparse.Namespace) -> None:
        links = self._links()
        made = self._added(options)
        files = self._printed(made.campaign, links)
        self._write(made.campaign, options.out, files or {}, made)
        self._say(self.texts.campaign_added.text(code=made.campaign.code, bestand=made.path))
        self._show(links.of(made.campaign))
        self._told_of_files(made.campaign, options.out, files)

    def make(self, options: argparse.Namespace) -> None:
        links = self._links()
        campaign = self._known(options.code)
        files = self._printed(campaign, links)
        self._write(campaign, options.out, files or {})
        self._show(links.of(campaign))
        self._told_of_files(campaign, options.out, files)

    def list(self) -> None:
        links: Links | None = None
        with suppress(NoAddress):
            links = links_of(self.environment)
        campaigns = [*self._campaigns()]
        if not campaigns:
            self._say(self.texts.no_campaigns.text(opdracht=PROGRAM))
        for campaign in campaigns:
            self._say(f"{campaign.code}: {campaign.name}")
            self._say("  " + self.texts.campaign_start.text(begin=campaign.start))
            self._say("  " + self._end(campaign))
            self._show(links.of(campaign) if links else (), "  ")

    def entries(self) -> None:
        for name, links in self._links().entries(self.flow):
            self._say(name)
            self._show(links, "  ")

    def _end(self, campaign: Campaign) -> str:
        if campaign.until is None:
            return self.texts.campaign_endless
        said = self.texts.campaign_until
        if not campaign.running(today()):
            said = self.texts.campaign_ended
        return said.text(datum=campaign.until)

    def _links(self) -> Links:
        try:
            return links_of(self.environment)
        except NoAddress:
            raise Refused(self.texts.no_address.text()) from None

    def _campaigns(self) -> Campaigns:
        return read_campaigns(self.folder, self.flow.content, Problems())

    def _known(self, code: str) -> Campaign:
        campaigns = self._campaigns()
        campaign = campaigns.named(code)
        if campaign is None:
            said = self.texts.unknown_campaign.text(woord=harmless(code))
            if near := get_close_matches(code, [one.code for one in campaigns], n=1):
                said += " " + self.texts.did_you_mean.text(woord=near[0])
            raise Refused(said)
        return campaign

    def _added(self, options: argparse.Namespace) -> Added:
        given = {}
        usual = self._usual(options.code)
        for key, argument in _ARGUMENTS.items():
            value = getattr(options, argument)
            if value is not None or key in usual:
                given[key] = usual[key] if value is None else value
        try:
            return added(self.folder, self.flow.content, given, today())
        except WrongCampaign as error:
            lines = [f"{_argument(key)}: {text}" for key, text in error.why]
            raise Refused("\n".join([*lines, self.texts.campaign_refused])) from None
        except NoRoom:
            path = self.folder / FILE
            raise Refused(self.texts.no_room.text(bestand=path), misused=False) from None

    def _usual(self, code: str) -> dict[str, str]:
        """What a campaign has, by the key of its field, when nothing else is asked for."""
        words = self._words()
        return {
            "naam": code.replace("-", " ").capitalize(),
            "welkom": words.new_welcome,
            "kop": words.new_title,
            "tekst": words.new_text,
            "kleur": COLOUR,
        }

    def _words(self) -> PosterTexts:
        words = read_record(PosterTexts, self.folder / poster_texts.FILE, Problems())
        assert words is not None  # noqa: S101 checked by who calls us
        return words

    def _printed(self, campaign: Campaign, links: Links) -> dict[str, bytes] | None:
        name = operator(self.environment)
        try:
            simple = links.simple(self.flow.content)
            return printed(campaign, links.of(campaign), simple, self._words(), name, today())
        except ReportUnavailable:
            return None

    def _write(
        self,
        campaign: Campaign,
        out: str | None,
        files: Mapping[str, bytes],
        made: Added | None = None,
    ) -> None:
        """All files or, when one cannot be written, none."""
        folder = _folder(campaign, out)
        places = {folder / name: data for name, data in files.items()}
        if made:
            # Last, so that who is interrupted halfway can give the same command again.
            places[made.path.resolve()] = made.data
        new = bool(files) and not folder.exists()
        try:
            if new:
                with told_of(folder):
                    folder.mkdir()
            with written_beside(places) as put:
                put()
        except NotWritten as error:
            if new:
                with suppress(OSError):
                    folder.rmdir()
            why = getattr(self.texts, error.why)
            said = self.texts.campaign_not_written.text(bestand=error.path, uitleg=why)
            raise Refused(said, misused=False) from None

    def _told_of_files(
        self, campaign: Campaign, out: str | None, files: Mapping[str, bytes] | None
    ) -> None:
        if files is None:
            said = self.texts.posters_unavailable.text(code=campaign.code, opdracht=PROGRAM)
            raise Refused(said, misused=False)
        for name in files:
            self._say(str(_folder(campaign, out) / name))

    def _show(self, links: Iterable[Link], indent: str = "") -> None:
        words = {"web": self.texts.link_web, "telegram": self.texts.link_telegram}
        for link in links:
            self._say(indent + words[link.channel].text(adres=link.address))

    def _say(self, line: str) -> None:
        print(line, file=self.output)


def _argument(key: str) -> str:
    return key if key == "code" else f"--{_ARGUMENTS[key]}"


def _folder(campaign: Campaign, out: str | None) -> Path:
    return Path(campaign.code if out is None else out)
