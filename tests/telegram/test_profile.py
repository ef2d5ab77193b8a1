"""What Telegram shows outside the conversation is set once, and only when it differs."""

import pytest
from telegram.error import InvalidToken

from bot.telegram.profile import set_profile
from dialogues.events import Unknown
from dialogues.flow import Flow
from dialogues.state import NEW
from tests.botapi.api import BotApi
from tests.botapi.bots import in_process_bot
from tests.made_once import understanding_of
from tests.telegram.in_process import telegram_texts_of_content

TEXTS = telegram_texts_of_content()
SETTERS = (
    "setMyCommands",
    "setMyDescription",
    "setMyShortDescription",
    "setChatMenuButton",
)


def settings_made(api: BotApi) -> list[str]:
    return [call.method for call in api.calls if call.method in SETTERS]


async def test_commands_are_set_in_dutch_and_for_every_other_language(api: BotApi) -> None:
    await set_profile(in_process_bot(api), TEXTS)

    made = {
        (call.params["scope"]["type"], call.params.get("language_code", "")): [
            command["command"] for command in call.params["commands"]
        ]
        for call in api.calls_of("setMyCommands")
    }
    private = [command.name for command in TEXTS.commands]
    groups = [command.name for command in TEXTS.group_commands]
    assert made == {
        ("all_private_chats", "nl"): private,
        ("all_private_chats", ""): private,
        ("all_group_chats", "nl"): groups,
        ("all_group_chats", ""): groups,
    }


async def test_the_second_start_changes_nothing(api: BotApi) -> None:
    bot = in_process_bot(api)
    await set_profile(bot, TEXTS)
    made = settings_made(api)
    await set_profile(bot, TEXTS)

    assert settings_made(api) == made


async def test_a_fault_stops_neither_the_bot_nor_the_rest_of_the_profile(api: BotApi) -> None:
    api.faults.add("server_error", method="getMyCommands")
    await set_profile(in_process_bot(api), TEXTS)

    assert len(api.calls_of("setMyCommands")) == 3
    assert len(api.calls_of("setMyDescription")) == 2


async def test_a_refused_token_does(api: BotApi) -> None:
    bot = in_process_bot(api)
    api.token = "1:another"

    with pytest.raises(InvalidToken):
        await set_profile(bot, TEXTS)


@pytest.mark.parametrize(
    "name", [command.name for command in (*TEXTS.commands, *TEXTS.group_commands)]
)
def test_every_command_in_the_menu_is_understood(flow: Flow, name: str) -> None:
    assert not isinstance(understanding_of(flow).read(f"/{name}", NEW), Unknown)
