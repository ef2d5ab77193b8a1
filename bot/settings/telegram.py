"""The settings of the Telegram channel."""

import hashlib
import hmac
import re
from dataclasses import dataclass, field

from bot.settings.given import (
    ADDRESS,
    Environment,
    Options,
    WrongSetting,
    public_url,
    setting,
)

TELEGRAM = "https://api.telegram.org"
WEBHOOK = "/telegram"  # below the public address
_ADMINS = re.compile(r"[0-9]{1,15}(?:[\s,]+[0-9]{1,15})*")


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """``token`` is kept out of the repr, so that no log or traceback can show it.

    ``webhook``: Telegram brings the updates to ``public_url``; otherwise they are fetched.
    ``admins``: the numbers of the people who may see the counts.
    """

    token: str = field(repr=False)
    base_url: str
    base_file_url: str
    public_url: str = ""
    webhook: bool = False
    admins: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def webhook_secret(self) -> str:
        """What Telegram sends along: known to each process with the token, and to nobody else."""
        return hmac.new(self.token.encode(), b"webhook", hashlib.sha256).hexdigest()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        return (self.token, self.webhook_secret) if self.token else ()


def telegram_settings(environment: Environment, options: Options) -> TelegramSettings:
    """Raises WrongSetting."""

    def api_address(option: str, variable: str, default: str) -> str:
        """The address with the ending that python-telegram-bot wants; both forms may be given."""
        address = setting(environment, variable, options.get(option)) or default
        if not ADDRESS.fullmatch(address):
            raise WrongSetting(variable, "bad_address")
        return address.rstrip("/").removesuffix("/bot") + "/bot"

    return TelegramSettings(
        token=setting(environment, "COPRO_TELEGRAM_TOKEN", options.get("token")),
        base_url=api_address("base_url", "COPRO_TELEGRAM_BASE_URL", TELEGRAM),
        base_file_url=api_address(
            "base_file_url", "COPRO_TELEGRAM_BASE_FILE_URL", f"{TELEGRAM}/file"
        ),
        public_url=public_url(environment),
        webhook=_webhook(environment),
        admins=_admins(environment),
    )


def _webhook(environment: Environment) -> bool:
    mode = setting(environment, "COPRO_TELEGRAM_MODE").lower() or "polling"
    if mode not in ("polling", "webhook"):
        raise WrongSetting("COPRO_TELEGRAM_MODE", "bad_mode")
    # Telegram brings updates to https alone.
    if mode == "webhook" and not public_url(environment).startswith("https://"):
        raise WrongSetting("COPRO_PUBLIC_URL", "no_https")
    return mode == "webhook"


def _admins(environment: Environment) -> frozenset[int]:
    given = setting(environment, "COPRO_TELEGRAM_ADMINS")
    if given and not _ADMINS.fullmatch(given):
        raise WrongSetting("COPRO_TELEGRAM_ADMINS", "bad_admins")
    return frozenset(map(int, re.findall("[0-9]+", given)))
