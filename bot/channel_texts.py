"""The texts of the channels, checked together with the content."""

from pathlib import Path

from bot import cli_texts
from bot.campaigns import texts as poster_texts
from bot.campaigns.campaigns import check_campaigns
from bot.campaigns.texts import PosterTexts
from bot.cli_texts import CliTexts
from bot.counts import texts as count_texts
from bot.counts.texts import CountTexts
from bot.report import texts as report_texts
from bot.report.texts import ReportTexts
from bot.telegram import texts as telegram_texts
from bot.telegram.texts import TelegramTexts
from bot.web import texts as web_texts
from bot.web.texts import WebTexts
from dialogues.content import Words
from dialogues.loader import read_record
from dialogues.problems import Problem, Problems


def check_channel_texts(folder: Path) -> tuple[Problem, ...]:
    """What is wrong with those texts, the campaigns, and the commands in the menu of Telegram."""
    problems = Problems()
    read_record(CliTexts, folder / cli_texts.FILE, problems)
    read_record(ReportTexts, folder / report_texts.FILE, problems)
    read_record(PosterTexts, folder / poster_texts.FILE, problems)
    check_campaigns(folder, problems)
    read_record(CountTexts, folder / count_texts.FILE, problems)
    read_record(WebTexts, folder / web_texts.FILE, problems)
    telegram = read_record(TelegramTexts, folder / telegram_texts.FILE, problems)
    words = read_record(Words, folder / "woorden.yaml", Problems())
    if telegram is not None and words is not None:
        known = [phrase for phrases in words.commands.values() for phrase in phrases]
        for command in (*telegram.commands, *telegram.group_commands):
            if command.name not in known:
                place = command.name.place
                problems.add_unknown(place, "onbekende_opdracht", command.name, known)
    return tuple(problems)
