"""The handlers of python-telegram-bot: which update goes to which method of the channel."""

import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import CallbackQuery, ChatMember, Message, Update
from telegram.error import RetryAfter
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.log import describe
from bot.report.queue import ReportQueue
from bot.settings import TelegramSettings
from bot.store import Store
from bot.telegram.channel import TelegramChannel
from bot.telegram.delivery import Delivery
from bot.telegram.outcome import OutcomeExtras
from bot.telegram.texts import TelegramTexts
from dialogues.flow import Flow

App = Application[Any, Any, Any, Any, Any, Any]
Context = CallbackContext[Any, Any, Any, Any]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
_log = logging.getLogger(__name__)
_PRIVATE = filters.ChatType.PRIVATE
_NEW = filters.UpdateType.MESSAGE


def build_application(
    settings: TelegramSettings, request: BaseRequest, updates_request: BaseRequest
) -> App:
    """An Application without an updater of its own: fetching updates is ours."""
    return (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(settings.base_url)
        .base_file_url(settings.base_file_url)
        .request(request)
        .get_updates_request(updates_request)
        .updater(None)
        .job_queue(None)
        .build()
    )


def add_channel(
    application: App,
    flow: Flow,
    texts: TelegramTexts,
    store: Store,
    public_url: str = "",
    reports: ReportQueue | None = None,
) -> None:
    """Put the conversation behind the application, which must be initialised: it knows its name.

    ``public_url``: where the same outcomes stand on the web; ``reports``: makes them into a PDF.
    """
    bot = application.bot
    extras = OutcomeExtras(flow, texts, public_url, reports)
    channel = TelegramChannel(flow, texts, store, Delivery(bot), extras, bot.username)
    named = frozenset(command.name for command in texts.group_commands)
    application.add_handlers(_handlers(channel, bot.username, named))

    async def on_error(update: object, context: Context) -> None:
        if context.error is not None:
            _log.error("an update could not be handled: %s", describe(context.error))
        # Who was asked to wait should not be sent one message more.
        if isinstance(update, Update) and not isinstance(context.error, RetryAfter):
            await channel.on_failure(update)

    application.add_error_handler(on_error)


def _handlers(
    channel: TelegramChannel, name: str, group_commands: frozenset[str]
) -> list[BaseHandler[Update, Any, Any]]:
    async def on_group(message: Message) -> None:
        command, _, meant = (message.text or "/").split()[0][1:].partition("@")
        ours = meant.casefold() == name.casefold() if meant else command in group_commands
        if ours:
            known = command if command in group_commands else "start"
            await channel.on_group_command(message.chat_id, known)

    return [
        CallbackQueryHandler(_with_query(channel.on_tap)),
        MessageHandler(_PRIVATE & _NEW & filters.TEXT, _with_message(channel.on_text)),
        MessageHandler(
            _PRIVATE & _NEW & ~filters.StatusUpdate.ALL, _with_message(channel.on_attachment)
        ),
        MessageHandler(
            _PRIVATE & filters.UpdateType.EDITED_MESSAGE, _with_message(channel.on_edit)
        ),
        MessageHandler(filters.ChatType.GROUPS & _NEW & filters.COMMAND, _with_message(on_group)),
        ChatMemberHandler(_with_member(channel), ChatMemberHandler.MY_CHAT_MEMBER),
    ]


def _with_message(method: Callable[[Message], Awaitable[None]]) -> Callback:
    async def callback(update: Update, context: Context) -> None:
        if update.effective_message is not None:
            await method(update.effective_message)

    return callback


def _with_query(method: Callable[[CallbackQuery], Awaitable[None]]) -> Callback:
    async def callback(update: Update, context: Context) -> None:
        if update.callback_query is not None:
            await method(update.callback_query)

    return callback


def _with_member(channel: TelegramChannel) -> Callback:
    async def callback(update: Update, context: Context) -> None:
        change = update.my_chat_member
        if change is not None and change.new_chat_member.status == ChatMember.BANNED:
            channel.on_blocked(change.chat.id)

    return callback
