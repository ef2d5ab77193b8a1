"""What Telegram shows of the bot outside the conversation: commands, descriptions, menu button."""

import logging
from collections.abc import Coroutine, Sequence
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    MenuButtonCommands,
)
from telegram.error import InvalidToken, TelegramError

from bot.telegram.texts import Command, TelegramTexts

_log = logging.getLogger(__name__)
# Once in Dutch and once for everybody else: Telegram picks by the language of the app.
_LANGUAGES = ("nl", "")


async def set_profile(bot: Bot, texts: TelegramTexts) -> None:
    """Bring the profile up to date. A failure is logged: the conversation works without it.

    Raises InvalidToken.
    """
    private, groups = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
    for language in _LANGUAGES:
        await _try(_set_commands(bot, texts.commands, private, language))
        await _try(_set_commands(bot, texts.group_commands, groups, language))
        await _try(_set_description(bot, texts.description, language))
        await _try(_set_short_description(bot, texts.short_description, language))
    await _try(_set_menu_button(bot))


async def _try(step: Coroutine[Any, Any, None]) -> None:
    try:
        await step
    except InvalidToken:
        raise
    except TelegramError as error:
        _log.warning("a part of the bot's profile was not set: %s", type(error).__name__)


# Setting is rate-limited by Telegram and looking is not, so each step looks first.


async def _set_commands(
    bot: Bot, commands: Sequence[Command], scope: BotCommandScope, language: str
) -> None:
    wanted = tuple(BotCommand(command.name, command.description) for command in commands)
    if await bot.get_my_commands(scope, language) != wanted:
        await bot.set_my_commands(wanted, scope, language)


async def _set_description(bot: Bot, text: str, language: str) -> None:
    if (await bot.get_my_description(language)).description != text:
        await bot.set_my_description(text, language)


async def _set_short_description(bot: Bot, text: str, language: str) -> None:
    if (await bot.get_my_short_description(language)).short_description != text:
        await bot.set_my_short_description(text, language)


async def _set_menu_button(bot: Bot) -> None:
    if not isinstance(await bot.get_chat_menu_button(), MenuButtonCommands):
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
