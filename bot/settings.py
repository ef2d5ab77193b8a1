"""Settings: every option has a variable of the same name behind the prefix ``COPRO_``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dialogues.loader import FOLDER

TELEGRAM = "https://api.telegram.org"
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class WrongSetting(ValueError):
    """A setting has a value that cannot be used. ``why`` is a field of the command-line texts."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self.why = why
        super().__init__(f"{name}: {why}")


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """``token`` is kept out of the repr, so that no log or traceback can show it."""

    token: str = field(repr=False)
    base_url: str
    base_file_url: str
    log_level: str


def content_folder(environment: Mapping[str, str]) -> Path:
    return Path(environment.get("COPRO_CONTENT") or FOLDER)


def telegram_settings(
    environment: Mapping[str, str], options: Mapping[str, str | None]
) -> TelegramSettings:
    """Options win over the environment. Raises WrongSetting."""

    def setting(option: str, variable: str, default: str) -> str:
        given = (options.get(option), environment.get(variable))
        return next((value.strip() for value in given if value and value.strip()), default)

    level = setting("log_level", "COPRO_LOG_LEVEL", "INFO").upper()
    if level not in _LEVELS:
        raise WrongSetting("COPRO_LOG_LEVEL", "bad_log_level")
    return TelegramSettings(
        token=setting("token", "COPRO_TELEGRAM_TOKEN", ""),
        base_url=_address(
            "COPRO_TELEGRAM_BASE_URL",
            setting("base_url", "COPRO_TELEGRAM_BASE_URL", TELEGRAM),
            "/bot",
        ),
        base_file_url=_address(
            "COPRO_TELEGRAM_BASE_FILE_URL",
            setting("base_file_url", "COPRO_TELEGRAM_BASE_FILE_URL", f"{TELEGRAM}/file"),
            "/bot",
        ),
        log_level=level,
    )


def _address(name: str, address: str, ending: str) -> str:
    """The address with the ending that python-telegram-bot wants; both forms may be given."""
    if not _ADDRESS.fullmatch(address):
        raise WrongSetting(name, "bad_address")
    return address.rstrip("/").removesuffix(ending) + ending
