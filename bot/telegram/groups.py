"""In a group nobody should see another's answers, so there is only the way to the own chat."""

import logging

from telegram.helpers import create_deep_linked_url

from bot.telegram.delivery import Gone
from bot.telegram.incoming import InGroup
from bot.telegram.messenger import Messenger
from bot.telegram.render import keyboard_of
from bot.telegram.texts import TelegramTexts

_log = logging.getLogger(__name__)


class Groups:
    def __init__(self, texts: TelegramTexts, messenger: Messenger, name: str) -> None:
        """``name``: the user name of the bot."""
        self._texts = texts
        self._messenger = messenger
        self._name = name
        self._commands = {command.name for command in texts.group_commands}

    async def refer(self, sent: InGroup) -> None:
        """The link has the command in it, so that it is carried out in the own chat."""
        command, _, meant = sent.text.split()[0][1:].partition("@")
        known = command in self._commands
        if meant.casefold() != self._name.casefold() if meant else not known:
            return
        url = create_deep_linked_url(self._name, command if known else "start")
        keyboard = keyboard_of([[{"text": self._texts.button_private, "url": url}]])
        try:
            await self._messenger.notice(sent.chat, self._texts.in_group, keyboard)
        except Gone:
            _log.info("a group cannot be written to any more")
