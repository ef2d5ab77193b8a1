"""Every call that the bot made, judged by rules of the Bot API that others wrote (teremok)."""

from collections.abc import Iterator
from typing import Any

from aiogram import Bot
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from teremok.validation import validate_method

from tests.botapi.api import BotApi
from tests.botapi.parameters import Params, Upload

_JUDGED: dict[str, type[TelegramMethod[Any]]] = {
    "sendDocument": SendDocument,
    "sendMessage": SendMessage,
    "editMessageText": EditMessageText,
    "answerCallbackQuery": AnswerCallbackQuery,
    "answerInlineQuery": AnswerInlineQuery,
}
# What a bot does besides talking; these have no text that teremok has rules for.
_NOT_JUDGED = {
    "getMe",
    "getUpdates",
    "deleteWebhook",
    "setWebhook",
    "getWebhookInfo",
    "getMyCommands",
    "setMyCommands",
    "getMyDescription",
    "setMyDescription",
    "getMyShortDescription",
    "setMyShortDescription",
    "getChatMenuButton",
    "setChatMenuButton",
}


def judge(api: BotApi) -> None:
    """Fail when a call breaks a rule, when a tap was never answered, or one was answered twice."""
    bot = Bot(api.token)
    for call in api.calls:
        if call.method in _JUDGED:
            method = _JUDGED[call.method].model_validate(_as_aiogram(call.params))
            for judged in (method, *_messages_of_cards(method)):
                validate_method(bot, judged)
        else:
            assert call.method in _NOT_JUDGED, call.method

    assert api.violations == []
    assert api.unanswered_queries() == []


def _as_aiogram(params: Params) -> Params:
    return {
        name: BufferedInputFile(value.content, value.name) if isinstance(value, Upload) else value
        for name, value in params.items()
    }


def _messages_of_cards(method: TelegramMethod[Any]) -> Iterator[SendMessage]:
    """What people send when they choose a card: messages like any other."""
    if not isinstance(method, AnswerInlineQuery):
        return
    for card in method.results:
        assert isinstance(card, InlineQueryResultArticle)
        content = card.input_message_content
        assert isinstance(content, InputTextMessageContent)
        yield SendMessage(
            chat_id=1,
            text=content.message_text,
            parse_mode=content.parse_mode,
            reply_markup=card.reply_markup,
        )
