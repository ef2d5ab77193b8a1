"""The settings of a process, whatever it serves."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.settings.given import HOST, Environment, Options, WrongSetting, port, setting

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_STORE = re.compile(r"(?:rediss?://\S+|unix://\S+)")
_COUNTS_FILE = Path("coproductiewijzer", "tellingen.sqlite3")


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """What holds for a process, whatever it serves. No ``metrics_port``: nothing is shown.

    ``store``: where processes that share the work remember chats; empty is in memory. ``counts``:
    where is counted what people do, an address like that of a store or a file; empty is nowhere.
    Both may hold a password, so they are kept out of the repr.
    """

    log_level: str = "INFO"
    store: str = field(default="", repr=False)
    counts: str = field(default="", repr=False)
    metrics_host: str = HOST
    metrics_port: int | None = None

    @property
    def passwords(self) -> tuple[str, ...]:
        """What no log may show; empty for what needs none."""
        return tuple(
            unquote(urlsplit(address).password or "")
            for address in (self.store, self.counts)
            if _STORE.fullmatch(address)
        )


def service_settings(environment: Environment, options: Options) -> ServiceSettings:
    """Raises WrongSetting."""
    metrics = setting(environment, "COPRO_METRICS_PORT")
    return ServiceSettings(
        log_level=log_level(environment, options),
        store=_store(environment),
        counts=counts_address(environment),
        metrics_host=setting(environment, "COPRO_METRICS_HOST").strip("[]") or HOST,
        metrics_port=port("COPRO_METRICS_PORT", metrics) if metrics else None,
    )


def log_level(environment: Environment, options: Options) -> str:
    """The least serious level that is logged. Raises WrongSetting."""
    level = setting(environment, "COPRO_LOG_LEVEL", options.get("log_level")).upper() or "INFO"
    if level not in _LEVELS:
        raise WrongSetting("COPRO_LOG_LEVEL", "bad_log_level")
    return level


def _store(environment: Environment) -> str:
    address = setting(environment, "COPRO_STORE")
    if address and not _STORE.fullmatch(address):
        raise WrongSetting("COPRO_STORE", "bad_store")
    return address


def counts_address(environment: Environment) -> str:
    """Where the counts are, as in ``ServiceSettings``. Raises WrongSetting."""
    given = setting(environment, "COPRO_COUNTS")
    if given.lower() == "off":
        return ""
    if given:
        if ("://" in given and not _STORE.fullmatch(given)) or "\0" in given:
            raise WrongSetting("COPRO_COUNTS", "bad_counts")
        return given
    if store := _store(environment):
        return store
    state = setting(environment, "XDG_STATE_HOME")
    home = setting(environment, "HOME") or "."
    return str((Path(state) if state else Path(home, ".local", "state")) / _COUNTS_FILE)
