"""The settings of the web pages."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings.given import (
    HOST,
    Environment,
    Options,
    WrongSetting,
    contact,
    operator,
    port,
    public_url,
    setting,
    telegram_name,
)

_PORT = 8000
_SITE = re.compile(r"https?://[A-Za-z0-9.*\-]+(?::[0-9*]+)?")
_LARGEST_THEME = 100_000  # bytes
_LONGEST_SECURITY = timedelta(days=366)  # RFC 9116 recommends less than a year
_SHORTEST_PASSWORD = 12  # characters


@dataclass(frozen=True, slots=True)
class WebSettings:
    """``theme``: the style sheet of an organisation. ``security_expires``: when security.txt ends.

    ``stats_password`` opens the page with the counts; without one there is no such page. Empty
    texts and None stand for what is not set.
    """

    host: str = HOST
    port: int = _PORT
    public_url: str = ""
    operator: str = ""
    contact: str = ""
    frame_ancestors: tuple[str, ...] = ()
    theme: str = ""
    indexed: bool = True
    telegram_name: str = ""
    security_contact: str = ""
    security_expires: date | None = None
    stats_password: str = field(default="", repr=False)

    @property
    def secure(self) -> bool:
        """Whether people reach the pages over https."""
        return self.public_url.startswith("https:")

    @property
    def prefix(self) -> str:
        """The path below which the pages stand, without a slash at the end."""
        return urlsplit(self.public_url).path


def web_settings(environment: Environment, options: Options, today: date) -> WebSettings:
    """Raises WrongSetting, also for a security.txt of which the date has passed."""
    security_contact = contact(environment, "COPRO_SECURITY_CONTACT")
    given_port = setting(environment, "COPRO_WEB_PORT", options.get("port"))
    return WebSettings(
        host=setting(environment, "COPRO_WEB_HOST", options.get("host")).strip("[]") or HOST,
        port=port("COPRO_WEB_PORT", given_port) if given_port else _PORT,
        public_url=public_url(environment),
        operator=operator(environment),
        contact=contact(environment, "COPRO_CONTACT"),
        frame_ancestors=_sites(environment, "COPRO_FRAME_ANCESTORS"),
        theme=_theme(environment),
        indexed=_robots(environment),
        telegram_name=telegram_name(environment),
        security_contact=security_contact,
        security_expires=_security_expires(environment, security_contact, today),
        stats_password=_stats_password(environment),
    )


def _sites(environment: Environment, variable: str) -> tuple[str, ...]:
    sites = tuple(setting(environment, variable).split())
    if not all(map(_SITE.fullmatch, sites)):
        raise WrongSetting(variable, "bad_sites")
    return sites


def _theme(environment: Environment) -> str:
    path = setting(environment, "COPRO_THEME")
    if not path:
        return ""
    try:
        with Path(path).open("rb") as file:
            style = file.read(_LARGEST_THEME + 1).decode()
    except (OSError, ValueError):
        raise WrongSetting("COPRO_THEME", "bad_theme") from None
    if len(style) > _LARGEST_THEME:
        raise WrongSetting("COPRO_THEME", "bad_theme")
    return style


def _robots(environment: Environment) -> bool:
    robots = setting(environment, "COPRO_ROBOTS").lower() or "index"
    if robots not in ("index", "noindex"):
        raise WrongSetting("COPRO_ROBOTS", "bad_robots")
    return robots == "index"


def _security_expires(environment: Environment, contact: str, today: date) -> date | None:
    given = setting(environment, "COPRO_SECURITY_EXPIRES")
    if not given and not contact:
        return None
    try:
        expires = date.fromisoformat(given)
    except ValueError:
        raise WrongSetting("COPRO_SECURITY_EXPIRES", "bad_security_expires") from None
    if expires < today:
        raise WrongSetting("COPRO_SECURITY_EXPIRES", "security_expired")
    if expires - today > _LONGEST_SECURITY:
        raise WrongSetting("COPRO_SECURITY_EXPIRES", "bad_security_expires")
    if not contact:
        raise WrongSetting("COPRO_SECURITY_CONTACT", "bad_contact")
    return expires


def _stats_password(environment: Environment) -> str:
    password = setting(environment, "COPRO_STATS_PASSWORD")
    # It travels in a header too, where other signs cannot stand.
    if password and not (len(password) >= _SHORTEST_PASSWORD and re.fullmatch("[!-~]+", password)):
        raise WrongSetting("COPRO_STATS_PASSWORD", "bad_password")
    return password
