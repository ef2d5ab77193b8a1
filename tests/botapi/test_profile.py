"""The emulator keeps the profile of the bot, within the limits of the Bot API."""

import pytest

from tests.botapi.api import BotApi
from tests.botapi.calls import refusal, result
from tests.botapi.person import Person

CHAT = 5


@pytest.fixture
def api() -> BotApi:
    return BotApi()


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ("[", "can't parse commands JSON object"),
        ({}, "expected an Array of BotCommand"),
        ([{"command": "a"}], "can't parse BotCommand: Can't find field \"description\""),
        ([{"command": "Start", "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "a", "description": "a" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "a", "description": "a"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
def test_commands_are_refused(api: BotApi, commands: object, reason: str) -> None:
    assert refusal(api, "setMyCommands", commands=commands) == reason


def test_commands_are_kept_per_scope_and_language(api: BotApi) -> None:
    commands = [{"command": "a" * 32, "description": "a" * 256}] * 100
    private = {"scope": {"type": "all_private_chats"}, "language_code": "nl"}
    assert result(api, "setMyCommands", commands=commands, **private) is True
    assert result(api, "getMyCommands", **private) == commands
    assert result(api, "getMyCommands") == []
    assert result(api, "deleteMyCommands", **private) is True
    assert result(api, "getMyCommands", **private) == []
    assert refusal(api, "getMyCommands", scope={"type": "x"}) == (
        "can't parse BotCommandScope: Unsupported type specified"
    )
    assert refusal(api, "getMyCommands", language_code="nld") == "invalid language code specified"


@pytest.mark.parametrize(
    ("title", "name", "limit"),
    [
        ("Name", "name", 64),
        ("Description", "description", 512),
        ("ShortDescription", "short_description", 120),
    ],
)
def test_profile_texts_are_kept_per_language(
    api: BotApi, title: str, name: str, limit: int
) -> None:
    text = "é" * limit
    assert result(api, f"setMy{title}", **{name: text, "language_code": "nl"}) is True
    assert result(api, f"getMy{title}", language_code="nl") == {name: text}
    assert result(api, f"getMy{title}")[name] != text
    assert refusal(api, f"setMy{title}", **{name: text + "a"}).endswith("is too long")


def test_the_menu_button_is_kept(api: BotApi) -> None:
    Person(api, CHAT).say("a")
    assert result(api, "getChatMenuButton") == {"type": "commands"}
    assert result(api, "getChatMenuButton", chat_id=CHAT) == {"type": "default"}
    assert result(api, "setChatMenuButton", chat_id=CHAT, menu_button={"type": "commands"})
    assert result(api, "getChatMenuButton", chat_id=CHAT) == {"type": "commands"}
    assert refusal(api, "setChatMenuButton", menu_button={"type": "x"}) == (
        "can't parse menu button: MenuButton has unsupported type"
    )
