"""The texts of the channels, checked together with the content."""

from pathlib import Path

from bot import cli_texts
from bot.telegram import texts as telegram_texts
from dialogues.loader import read_record
from dialogues.problems import Problem, Problems

_FILES = {
    cli_texts.FILE: cli_texts.CliTexts,
    telegram_texts.FILE: telegram_texts.TelegramTexts,
}


def check_channel_texts(folder: Path) -> tuple[Problem, ...]:
    problems = Problems()
    for name, kind in _FILES.items():
        read_record(kind, folder / name, problems)
    return tuple(problems)
