"""Options win over the environment, and addresses are forgiving but never wrong."""

from datetime import date
from pathlib import Path

import pytest

from bot.settings import (
    TelegramSettings,
    WebSettings,
    WrongSetting,
    counts_address,
    log_level,
    service_settings,
    telegram_settings,
    web_settings,
)

TODAY = date(2030, 6, 1)


def settings(options: dict[str, str | None] | None = None, **environment: str) -> TelegramSettings:
    return telegram_settings(environment, options or {})


def test_without_anything_the_addresses_are_those_of_telegram() -> None:
    made = settings()

    assert made.base_url == "https://api.telegram.org/bot"
    assert made.base_file_url == "https://api.telegram.org/file/bot"
    assert made.token == ""


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8081", "http://127.0.0.1:8081/", "http://127.0.0.1:8081/bot"]
)
def test_an_address_may_end_in_bot_or_not(address: str) -> None:
    assert settings(COPRO_TELEGRAM_BASE_URL=address).base_url == "http://127.0.0.1:8081/bot"


def test_an_option_wins() -> None:
    made = settings({"token": "2:b", "base_url": None}, COPRO_TELEGRAM_TOKEN="1:a")

    assert made.token == "2:b"


def test_the_token_is_not_in_the_repr() -> None:
    assert "geheim" not in repr(settings(COPRO_TELEGRAM_TOKEN="1:geheim"))


@pytest.mark.parametrize("address", ["x", "ftp://x", "http://", "http://u:p@h", "http://h/?a"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(WrongSetting):
        settings(COPRO_TELEGRAM_BASE_URL=address)


def test_only_spaces_are_nothing() -> None:
    assert settings(COPRO_TELEGRAM_BASE_URL="  ") == settings()


def test_an_unknown_log_level_is_refused() -> None:
    with pytest.raises(WrongSetting) as refused:
        log_level({"COPRO_LOG_LEVEL": "luid"}, {})

    assert (refused.value.name, refused.value.why) == ("COPRO_LOG_LEVEL", "bad_log_level")
    assert log_level({"COPRO_LOG_LEVEL": "debug"}, {}) == "DEBUG"


def web(options: dict[str, str | None] | None = None, /, **environment: str) -> WebSettings:
    return web_settings(environment, options or {}, TODAY)


def test_without_anything_only_this_machine_sees_the_pages() -> None:
    made = web()

    assert made == WebSettings()
    assert (made.host, made.port, made.indexed) == ("127.0.0.1", 8000, True)
    assert (made.secure, made.prefix) == (False, "")


def test_all_settings_of_the_pages_are_read(tmp_path: Path) -> None:
    theme = tmp_path / "huis.css"
    theme.write_text(":root { --accent: #123 }")

    assert web(
        COPRO_WEB_HOST="0.0.0.0",  # noqa: S104 only a value here
        COPRO_WEB_PORT="80",
        COPRO_PUBLIC_URL=" https://gemeente.nl/copro/ ",
        COPRO_OPERATOR="Gemeente Voorbeeld",
        COPRO_CONTACT="wijzer@gemeente.nl",
        COPRO_FRAME_ANCESTORS="https://intranet.nl  https://*.gemeente.nl:8443",
        COPRO_THEME=str(theme),
        COPRO_ROBOTS="NoIndex",
        COPRO_TELEGRAM_NAME="@wijzer_bot",
        COPRO_SECURITY_CONTACT="https://gemeente.nl/lek",
        COPRO_SECURITY_EXPIRES="2030-06-02",
        COPRO_STATS_PASSWORD=" twaalf-tekens ",
    ) == WebSettings(
        host="0.0.0.0",  # noqa: S104 only a value here
        port=80,
        public_url="https://gemeente.nl/copro",
        operator="Gemeente Voorbeeld",
        contact="mailto:wijzer@gemeente.nl",
        frame_ancestors=("https://intranet.nl", "https://*.gemeente.nl:8443"),
        theme=":root { --accent: #123 }",
        indexed=False,
        telegram_name="wijzer_bot",
        security_contact="https://gemeente.nl/lek",
        security_expires=date(2030, 6, 2),
        stats_password="twaalf-tekens",
    )


def test_an_option_wins_for_the_pages_too() -> None:
    made = web({"host": "::1", "port": "0"}, COPRO_WEB_HOST="h", COPRO_WEB_PORT="x")

    assert (made.host, made.port) == ("::1", 0)


@pytest.mark.parametrize(
    ("address", "secure", "prefix"),
    [
        ("https://gemeente.nl", True, ""),
        ("https://gemeente.nl/", True, ""),
        ("https://gemeente.nl/a/b/", True, "/a/b"),
        ("http://127.0.0.1:8000", False, ""),
    ],
)
def test_the_public_address_says_what_stands_before_a_path(
    address: str, secure: bool, prefix: str
) -> None:
    made = web(COPRO_PUBLIC_URL=address)

    assert (made.public_url, made.secure, made.prefix) == (address.rstrip("/"), secure, prefix)


CONTACT, EXPIRES = "COPRO_SECURITY_CONTACT", "COPRO_SECURITY_EXPIRES"


@pytest.mark.parametrize(
    ("name", "why", "values"),
    [
        ("COPRO_WEB_PORT", "bad_port", ["x", "-1", "65536", "99999", "8e3", "1.5", "٣"]),
        (
            "COPRO_PUBLIC_URL",
            "bad_address",
            ["x", "//h", "ftp://h", "http://u:p@h", "http://h/?a", "http://h//a"],
        ),
        ("COPRO_OPERATOR", "bad_line", ["Twee\nregels", "\x1b[31m", "a\u202eb"]),
        (
            "COPRO_CONTACT",
            "bad_contact",
            ["x", "a@b", "a b@c.nl", "javascript:alert(1)", "a@b.nl?x"],
        ),
        (
            "COPRO_FRAME_ANCESTORS",
            "bad_sites",
            [
                "*",
                "intranet.nl",
                "'self'",
                "https://a.nl; script-src *",
                "https://a.nl/pad",
                "https://łódź.nl",
            ],
        ),
        ("COPRO_THEME", "bad_theme", ["/is/er/niet.css", "/"]),
        ("COPRO_ROBOTS", "bad_robots", ["nee", "index,follow"]),
        (
            "COPRO_TELEGRAM_NAME",
            "bad_telegram_name",
            ["abc", "a b c d", "a" * 33, "a/b?c", "@@bot"],
        ),
        (CONTACT, "bad_contact", ["x", "bel ons"]),
        (
            "COPRO_STATS_PASSWORD",
            "bad_password",
            ["kort", "elf-tekens.", "met spaties erin", "é" * 12],
        ),
    ],
)
def test_a_wrong_value_is_named_with_the_reason(name: str, why: str, values: list[str]) -> None:
    for value in values:
        with pytest.raises(WrongSetting) as refused:
            web(**{name: value})

        assert (refused.value.name, refused.value.why) == (name, why)


@pytest.mark.parametrize("style", [b"\xff", b"a" * 100_001])
def test_a_style_that_is_none_is_refused(tmp_path: Path, style: bytes) -> None:
    theme = tmp_path / "huis.css"
    theme.write_bytes(style)

    with pytest.raises(WrongSetting, match="COPRO_THEME"):
        web(COPRO_THEME=str(theme))


@pytest.mark.parametrize(
    ("contact", "expires", "name", "why"),
    [
        ("a@b.nl", "", EXPIRES, "bad_security_expires"),
        ("a@b.nl", "morgen", EXPIRES, "bad_security_expires"),
        ("a@b.nl", "2030-02-30", EXPIRES, "bad_security_expires"),
        ("a@b.nl", "2030-05-31", EXPIRES, "security_expired"),
        ("a@b.nl", "2031-06-03", EXPIRES, "bad_security_expires"),
        ("", "2030-06-02", CONTACT, "bad_contact"),
    ],
)
def test_whom_to_warn_of_a_leak_is_told_in_full_and_in_time(
    contact: str, expires: str, name: str, why: str
) -> None:
    with pytest.raises(WrongSetting) as refused:
        web(**{CONTACT: contact, EXPIRES: expires})

    assert (refused.value.name, refused.value.why) == (name, why)


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"HOME": "/h"}, "/h/.local/state/coproductiewijzer/tellingen.sqlite3"),
        ({"HOME": "/h", "XDG_STATE_HOME": "/s"}, "/s/coproductiewijzer/tellingen.sqlite3"),
        ({"COPRO_STORE": "redis://:pw@h/1"}, "redis://:pw@h/1"),
        ({"COPRO_STORE": "redis://h/1", "COPRO_COUNTS": "unix:///s"}, "unix:///s"),
        ({"COPRO_STORE": "redis://h/1", "COPRO_COUNTS": "/data/t.db"}, "/data/t.db"),
        ({"COPRO_STORE": "redis://h/1", "COPRO_COUNTS": "Off"}, ""),
    ],
)
def test_counts_stand_beside_the_store_or_in_a_file(
    environment: dict[str, str], address: str
) -> None:
    assert counts_address(environment) == address


@pytest.mark.parametrize("address", ["http://h", "redis://", "mysql://h/1", "a\0b"])
def test_where_nothing_can_be_counted_is_refused(address: str) -> None:
    with pytest.raises(WrongSetting, match="COPRO_COUNTS"):
        counts_address({"COPRO_COUNTS": address})


def test_the_passwords_of_both_are_kept_out_of_sight() -> None:
    made = service_settings(
        {"COPRO_STORE": "redis://:een%20geheim@h", "COPRO_COUNTS": "redis://:ander-geheim@h"}, {}
    )

    assert made.passwords == ("een geheim", "ander-geheim")
    assert "geheim" not in repr(made)
    assert service_settings({"COPRO_COUNTS": "/data/t.db"}, {}).passwords == ()
    assert "tekens" not in repr(web(COPRO_STATS_PASSWORD="twaalf-tekens"))


def test_people_who_may_see_the_counts_are_numbers() -> None:
    assert settings(COPRO_TELEGRAM_ADMINS="12, 345 12").admins == {12, 345}
    assert settings().admins == frozenset()
    for wrong in ("@jan", "12;13", "-5", "1" * 16):
        with pytest.raises(WrongSetting, match="COPRO_TELEGRAM_ADMINS"):
            settings(COPRO_TELEGRAM_ADMINS=wrong)
