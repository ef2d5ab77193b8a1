"""What was given, as a text: a variable behind ``COPRO_`` or the option that wins from it."""

import re
from collections.abc import Mapping

ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
# Each part of the path begins with a letter or digit: "//a" as the start of a link would be
# another site, and ".." would lead out of the path.
_PUBLIC = re.compile(r"https?://(?:[^\W_][\w.\-]*|\[[0-9a-f:]+\])(?::[0-9]{1,5})?(?:/\w[\w.~\-]*)*")
_MAIL = re.compile(r"[^\s@<>,;?&]+@[^\s@<>,;?&]+\.[^\s@<>,;?&]+")
HOST = "127.0.0.1"  # unless another is given

Environment = Mapping[str, str]
Options = Mapping[str, object]


class WrongSetting(ValueError):
    """A setting has a value that cannot be used. ``why`` is a field of the command-line texts."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self.why = why
        super().__init__(f"{name}: {why}")


def setting(environment: Environment, variable: str, option: object = None) -> str:
    """The option or the variable without spaces around it; empty when neither is given."""
    given = (option, environment.get(variable))
    return next((str(value).strip() for value in given if value and str(value).strip()), "")


def operator(environment: Environment) -> str:
    """Who offers the program to people. Raises WrongSetting."""
    name = setting(environment, "COPRO_OPERATOR")
    if not name.isprintable():
        raise WrongSetting("COPRO_OPERATOR", "bad_line")
    return name


def port(variable: str, given: str) -> int:
    """Raises WrongSetting about the variable."""
    # 0 lets the system choose a free one.
    if not re.fullmatch(r"[0-9]{1,5}", given) or int(given) > 65_535:
        raise WrongSetting(variable, "bad_port")
    return int(given)


def contact(environment: Environment, variable: str) -> str:
    """An address for people, as a link: ``mailto:`` or ``https:``. Raises WrongSetting."""
    given = setting(environment, variable)
    if not given:
        return ""
    if _MAIL.fullmatch(given.removeprefix("mailto:")):
        return f"mailto:{given.removeprefix('mailto:')}"
    if ADDRESS.fullmatch(given):
        return given
    raise WrongSetting(variable, "bad_contact")


def public_url(environment: Environment) -> str:
    """Where people find the pages, without a slash at the end. Raises WrongSetting."""
    address = setting(environment, "COPRO_PUBLIC_URL").rstrip("/")
    if address and not _PUBLIC.fullmatch(address):
        raise WrongSetting("COPRO_PUBLIC_URL", "bad_address")
    return address


def telegram_name(environment: Environment) -> str:
    """The user name of the bot, without ``@``. Raises WrongSetting."""
    name = setting(environment, "COPRO_TELEGRAM_NAME").removeprefix("@")
    if name and not re.fullmatch(r"[A-Za-z0-9_]{4,32}", name):
        raise WrongSetting("COPRO_TELEGRAM_NAME", "bad_telegram_name")
    return name
