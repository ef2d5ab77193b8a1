"""Settings: variables behind the prefix ``COPRO_``; for some there is an option that wins."""

from pathlib import Path

from bot.settings.given import (
    Environment,
    Options,
    WrongSetting,
    operator,
    public_url,
    telegram_name,
)
from bot.settings.service import ServiceSettings, counts_address, log_level, service_settings
from bot.settings.telegram import TELEGRAM, WEBHOOK, TelegramSettings, telegram_settings
from bot.settings.web import WebSettings, web_settings
from dialogues.loader import FOLDER

__all__ = [
    "TELEGRAM",
    "WEBHOOK",
    "Environment",
    "Options",
    "ServiceSettings",
    "TelegramSettings",
    "WebSettings",
    "WrongSetting",
    "content_folder",
    "counts_address",
    "log_level",
    "operator",
    "public_url",
    "service_settings",
    "telegram_name",
    "telegram_settings",
    "web_settings",
]


def content_folder(environment: Environment) -> Path:
    return Path(environment.get("COPRO_CONTENT") or FOLDER)
