"""``coproductiewijzer webhook``: tells Telegram where to bring updates, or looks what it knows."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TextIO

from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.cli_texts import CliTexts
from bot.log import configure_logging
from bot.settings import WEBHOOK, TelegramSettings
from bot.telegram.client import AiohttpRequest
from bot.telegram.incoming import ALLOWED_UPDATES
from bot.telegram.run import BadToken, bot_of, check_token

# As many chats at a time as Telegram allows; each waits for one reply only.
_MOST_CONNECTIONS = 100


class Unreachable(Exception):
    """Telegram cannot be reached, or refused; the argument is its reason or the kind of error."""


def run(action: str, settings: TelegramSettings, texts: CliTexts, output: TextIO) -> None:
    """Carry out ``set``, ``show`` or ``remove``, and print what Telegram knows afterwards.

    Raises BadToken and Unreachable.
    """
    check_token(settings.token)
    configure_logging("WARNING", settings.secrets)
    info = asyncio.run(_carried_out(action, settings))
    if not info.url:
        print(texts.webhook_none.text(aantal=info.pending_update_count), file=output)
        return
    said = texts.webhook_set.text(adres=info.url, aantal=info.pending_update_count)
    print(said, file=output)
    if info.last_error_message:
        print(texts.webhook_error.text(fout=info.last_error_message), file=output)
    if info.url != _address(settings):
        print(texts.webhook_elsewhere.text(adres=_address(settings)), file=output)


async def _carried_out(action: str, settings: TelegramSettings) -> WebhookInfo:
    bot = bot_of(settings, AiohttpRequest(), AiohttpRequest())
    steps: dict[str, Callable[[], Awaitable[bool]]] = {
        "set": lambda: bot.set_webhook(
            _address(settings),
            secret_token=settings.webhook_secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=_MOST_CONNECTIONS,
            # What people did while nothing ran is still answered.
            drop_pending_updates=False,
        ),
        "remove": lambda: bot.delete_webhook(drop_pending_updates=False),
    }
    try:
        await bot.initialize()
        if action in steps:
            await steps[action]()
        return await bot.get_webhook_info()
    except InvalidToken:
        raise BadToken(refused=True) from None
    except TelegramError as error:
        raise Unreachable(error.message) from None
    finally:
        await bot.shutdown()


def _address(settings: TelegramSettings) -> str:
    return f"{settings.public_url}{WEBHOOK}"
