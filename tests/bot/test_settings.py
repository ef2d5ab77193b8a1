"""Options win over the environment, and addresses are forgiving but never wrong."""

import pytest

from bot.settings import TelegramSettings, WrongSetting, telegram_settings


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
    with pytest.raises(WrongSetting):
        settings(COPRO_LOG_LEVEL="luid")

    assert settings(COPRO_LOG_LEVEL="debug").log_level == "DEBUG"
