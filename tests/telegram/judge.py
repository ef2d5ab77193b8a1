"""Every call that the bot made, judged by rules of the Bot API that others wrote (teremok)."""

from typing import Any

from aiogram import Bot
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile
from teremok.validation import validate_method

from tests.botapi.api import BotApi
from tests.botapi.parameters import Params, Upload

_JUDGED: dict[str, type[TelegramMethod[Any]]] = {
    "sendDocument": SendDocument,
    "sendMessage": SendMessage,
    "editMessageText": EditMessageText,
    "answerCallbackQuery": AnswerCallbackQuery,
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
            validate_method(bot, method)
        else:
            assert call.method in _NOT_JUDGED, call.method

    assert api.violations == []
    assert api.unanswered_queries() == []


def _as_aiogram(params: Params) -> Params:
    return {
        name: BufferedInputFile(value.content, value.name) if isinstance(value, Upload) else value
        for name, value in params.items()
    }
