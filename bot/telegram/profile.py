"""What Telegram shows of the bot outside the conversation: commands, descriptions, menu button."""

import logging
from collections.abc import Sequence

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
    try:
        for language in _LANGUAGES:
            private, groups = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
            await _set_commands(bot, texts.commands, private, language)
            await _set_commands(bot, texts.group_commands, groups, language)
            shown = await bot.get_my_description(language)
            if shown.description != texts.description:
                await bot.set_my_description(texts.description, language)
            short = await bot.get_my_short_description(language)
            if short.short_description != texts.short_description:
                await bot.set_my_short_description(texts.short_description, language)
        if not isinstance(await bot.get_chat_menu_button(), MenuButtonCommands):
            await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except InvalidToken:
        raise
    except TelegramError as error:
        _log.warning("the profile of the bot was not set: %s", type(error).__name__)


async def _set_commands(
    bot: Bot, commands: Sequence[Command], scope: BotCommandScope, language: str
) -> None:
    # Setting is rate-limited by Telegram, looking is not.
    wanted = tuple(BotCommand(command.name, command.description) for command in commands)
    if await bot.get_my_commands(scope, language) != wanted:
        await bot.set_my_commands(wanted, scope, language)
