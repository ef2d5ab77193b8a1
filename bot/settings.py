"""Settings: variables behind the prefix ``COPRO_``; for some there is an option that wins."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dialogues.loader import FOLDER

TELEGRAM = "https://api.telegram.org"
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
# Each part of the path begins with a letter or digit: "//a" as the start of a link would be
# another site, and ".." would lead out of the path.
_PUBLIC = re.compile(r"https?://(?:[^\W_][\w.\-]*|\[[0-9a-f:]+\])(?::[0-9]{1,5})?(?:/\w[\w.~\-]*)*")
_SITE = re.compile(r"https?://[A-Za-z0-9.*\-]+(?::[0-9*]+)?")
_MAIL = re.compile(r"[^\s@<>,;?&]+@[^\s@<>,;?&]+\.[^\s@<>,;?&]+")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_LARGEST_THEME = 100_000  # bytes
_LONGEST_SECURITY = timedelta(days=366)  # RFC 9116 recommends less than a year
WEBHOOK = "/telegram"  # below the public address
_HOST, _PORT = "127.0.0.1", 8000
_STORE = re.compile(r"(?:rediss?://\S+|unix://\S+)")

Environment = Mapping[str, str]
Options = Mapping[str, object]


class WrongSetting(ValueError):
    """A setting has a value that cannot be used. ``why`` is a field of the command-line texts."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self.why = why
        super().__init__(f"{name}: {why}")


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """``token`` is kept out of the repr, so that no log or traceback can show it.

    ``webhook``: Telegram brings the updates to ``public_url``; otherwise they are fetched.
    """

    token: str = field(repr=False)
    base_url: str
    base_file_url: str
    public_url: str = ""
    webhook: bool = False

    @property
    def webhook_secret(self) -> str:
        """What Telegram sends along: known to each process with the token, and to nobody else."""
        return hmac.new(self.token.encode(), b"webhook", hashlib.sha256).hexdigest()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        return (self.token, self.webhook_secret) if self.token else ()


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """What holds for a process, whatever it serves. No ``metrics_port``: nothing is shown.

    ``store``: where processes that share the work remember chats; empty is in memory. It may hold
    a password, so it is kept out of the repr.
    """

    log_level: str = "INFO"
    store: str = field(default="", repr=False)
    metrics_host: str = _HOST
    metrics_port: int | None = None

    @property
    def store_password(self) -> str:
        """Empty when the store needs none."""
        return unquote(urlsplit(self.store).password or "")


@dataclass(frozen=True, slots=True)
class WebSettings:
    """``theme``: the style sheet of an organisation. ``security_expires``: when security.txt ends.

    Empty texts and None stand for what is not set.
    """

    host: str = _HOST
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

    @property
    def secure(self) -> bool:
        """Whether people reach the pages over https."""
        return self.public_url.startswith("https:")

    @property
    def prefix(self) -> str:
        """The path below which the pages stand, without a slash at the end."""
        return urlsplit(self.public_url).path


def content_folder(environment: Environment) -> Path:
    return Path(environment.get("COPRO_CONTENT") or FOLDER)


def telegram_settings(environment: Environment, options: Options) -> TelegramSettings:
    """Raises WrongSetting."""

    def api_address(option: str, variable: str, default: str) -> str:
        """The address with the ending that python-telegram-bot wants; both forms may be given."""
        address = _setting(environment, variable, options.get(option)) or default
        if not _ADDRESS.fullmatch(address):
            raise WrongSetting(variable, "bad_address")
        return address.rstrip("/").removesuffix("/bot") + "/bot"

    return TelegramSettings(
        token=_setting(environment, "COPRO_TELEGRAM_TOKEN", options.get("token")),
        base_url=api_address("base_url", "COPRO_TELEGRAM_BASE_URL", TELEGRAM),
        base_file_url=api_address(
            "base_file_url", "COPRO_TELEGRAM_BASE_FILE_URL", f"{TELEGRAM}/file"
        ),
        public_url=public_url(environment),
        webhook=_webhook(environment),
    )


def service_settings(environment: Environment, options: Options) -> ServiceSettings:
    """Raises WrongSetting."""
    metrics = _setting(environment, "COPRO_METRICS_PORT")
    return ServiceSettings(
        log_level=log_level(environment, options),
        store=_store(environment),
        metrics_host=_setting(environment, "COPRO_METRICS_HOST").strip("[]") or _HOST,
        metrics_port=_port("COPRO_METRICS_PORT", metrics) if metrics else None,
    )


def web_settings(environment: Environment, options: Options, today: date) -> WebSettings:
    """Raises WrongSetting, also for a security.txt of which the date has passed."""
    security_contact = _contact(environment, "COPRO_SECURITY_CONTACT")
    port = _setting(environment, "COPRO_WEB_PORT", options.get("port"))
    return WebSettings(
        host=_setting(environment, "COPRO_WEB_HOST", options.get("host")).strip("[]") or _HOST,
        port=_port("COPRO_WEB_PORT", port) if port else _PORT,
        public_url=public_url(environment),
        operator=_line(environment, "COPRO_OPERATOR"),
        contact=_contact(environment, "COPRO_CONTACT"),
        frame_ancestors=_sites(environment, "COPRO_FRAME_ANCESTORS"),
        theme=_theme(environment),
        indexed=_robots(environment),
        telegram_name=_telegram_name(environment),
        security_contact=security_contact,
        security_expires=_security_expires(environment, security_contact, today),
    )


def public_url(environment: Environment) -> str:
    """Where people find the pages, without a slash at the end. Raises WrongSetting."""
    address = _setting(environment, "COPRO_PUBLIC_URL").rstrip("/")
    if address and not _PUBLIC.fullmatch(address):
        raise WrongSetting("COPRO_PUBLIC_URL", "bad_address")
    return address


def _setting(environment: Environment, variable: str, option: object = None) -> str:
    given = (option, environment.get(variable))
    return next((str(value).strip() for value in given if value and str(value).strip()), "")


def _line(environment: Environment, variable: str) -> str:
    text = _setting(environment, variable)
    if not text.isprintable():
        raise WrongSetting(variable, "bad_line")
    return text


def log_level(environment: Environment, options: Options) -> str:
    """The least serious level that is logged. Raises WrongSetting."""
    level = _setting(environment, "COPRO_LOG_LEVEL", options.get("log_level")).upper() or "INFO"
    if level not in _LEVELS:
        raise WrongSetting("COPRO_LOG_LEVEL", "bad_log_level")
    return level


def _port(variable: str, given: str) -> int:
    # 0 lets the system choose a free one.
    if not re.fullmatch(r"[0-9]{1,5}", given) or int(given) > 65_535:
        raise WrongSetting(variable, "bad_port")
    return int(given)


def _webhook(environment: Environment) -> bool:
    mode = _setting(environment, "COPRO_TELEGRAM_MODE").lower() or "polling"
    if mode not in ("polling", "webhook"):
        raise WrongSetting("COPRO_TELEGRAM_MODE", "bad_mode")
    # Telegram brings updates to https alone.
    if mode == "webhook" and not public_url(environment).startswith("https://"):
        raise WrongSetting("COPRO_PUBLIC_URL", "no_https")
    return mode == "webhook"


def _store(environment: Environment) -> str:
    address = _setting(environment, "COPRO_STORE")
    if address and not _STORE.fullmatch(address):
        raise WrongSetting("COPRO_STORE", "bad_store")
    return address


def _contact(environment: Environment, variable: str) -> str:
    """An address for people, as a link: ``mailto:`` or ``https:``."""
    given = _setting(environment, variable)
    if not given:
        return ""
    if _MAIL.fullmatch(given.removeprefix("mailto:")):
        return f"mailto:{given.removeprefix('mailto:')}"
    if _ADDRESS.fullmatch(given):
        return given
    raise WrongSetting(variable, "bad_contact")


def _sites(environment: Environment, variable: str) -> tuple[str, ...]:
    sites = tuple(_setting(environment, variable).split())
    if not all(map(_SITE.fullmatch, sites)):
        raise WrongSetting(variable, "bad_sites")
    return sites


def _theme(environment: Environment) -> str:
    path = _setting(environment, "COPRO_THEME")
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
    robots = _setting(environment, "COPRO_ROBOTS").lower() or "index"
    if robots not in ("index", "noindex"):
        raise WrongSetting("COPRO_ROBOTS", "bad_robots")
    return robots == "index"


def _telegram_name(environment: Environment) -> str:
    name = _setting(environment, "COPRO_TELEGRAM_NAME").removeprefix("@")
    if name and not re.fullmatch(r"[A-Za-z0-9_]{4,32}", name):
        raise WrongSetting("COPRO_TELEGRAM_NAME", "bad_telegram_name")
    return name


def _security_expires(environment: Environment, contact: str, today: date) -> date | None:
    given = _setting(environment, "COPRO_SECURITY_EXPIRES")
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
