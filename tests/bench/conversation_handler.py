"""The same dialogue as most bots on python-telegram-bot are built: with its ConversationHandler.

As a program it is the library's own webhook server: ``conversation_handler PORT BOT_API``.
"""

import sys
import warnings
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    ConversationHandler,
    MessageHandler,
    filters,
)
from telegram.warnings import PTBUserWarning

from dialogues.flow import Flow
from dialogues.loader import load
from tests.bench.answers import TOKEN, WEBHOOK
from tests.bench.instant import Calls, InstantRequest
from tests.bench.wording import ANSWERS, BACK, BEGIN, HELP, Rows, Said, Wording

App = Application[Any, Any, Any, Any, Any, Any]
Context = CallbackContext[Any, Any, Any, Any]
_MENU, _QUESTION = range(2)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class ConversationHandlerBot:
    """Answers are kept in ``user_data``, as in the library's examples."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def add_to(self, application: App) -> None:
        start: list[Any] = [CommandHandler("start", self.start)]
        states: dict[object, list[Any]] = {
            _MENU: [CallbackQueryHandler(self.begin, pattern=f"^{BEGIN}$")],
            _QUESTION: [
                CallbackQueryHandler(self.answer, pattern=f"^({'|'.join(ANSWERS)})$"),
                CallbackQueryHandler(self.help, pattern=f"^{HELP}$"),
                CallbackQueryHandler(self.back, pattern=f"^{BACK}$"),
                MessageHandler(filters.TEXT & ~filters.COMMAND, self.typed),
            ],
        }
        with warnings.catch_warnings():
            # It is built as the library's examples are; its remarks on that are not ours.
            warnings.simplefilter("ignore", PTBUserWarning)
            application.add_handler(ConversationHandler(start, states, start))

    async def start(self, update: Update, context: Context) -> int:
        _given(context).clear()
        await _show(update, self._wording.welcome())
        return _MENU

    async def begin(self, update: Update, context: Context) -> int:
        await _show(update, self._wording.question(0))
        return _QUESTION

    async def answer(self, update: Update, context: Context) -> int:
        assert update.callback_query is not None
        return await self._answered(update, context, str(update.callback_query.data))

    async def typed(self, update: Update, context: Context) -> int:
        assert update.message is not None
        return await self._answered(update, context, str(update.message.text))

    async def help(self, update: Update, context: Context) -> int:
        await _show(update, self._wording.help(len(_given(context))))
        return _QUESTION

    async def back(self, update: Update, context: Context) -> int:
        _given(context).popitem()
        await _show(update, self._wording.question(len(_given(context))))
        return _QUESTION

    async def _answered(self, update: Update, context: Context, answer: str) -> int:
        given = _given(context)
        reaction = self._wording.reaction(len(given), answer)
        given[self._wording.name(len(given))] = answer
        if len(given) < self._wording.questions:
            await _show(update, self._wording.question(len(given), reaction))
            return _QUESTION
        assert update.effective_chat is not None
        assert update.callback_query is not None
        await update.effective_chat.send_message(
            self._wording.outcome(given), parse_mode="HTML", link_preview_options=_NO_PREVIEW
        )
        await update.callback_query.edit_message_text(reaction, parse_mode="HTML")
        await update.callback_query.answer()
        return ConversationHandler.END


async def _show(update: Update, said: Said) -> None:
    keyboard = _keyboard(said.rows)
    if update.callback_query:
        await update.callback_query.edit_message_text(
            said.text, parse_mode="HTML", reply_markup=keyboard, link_preview_options=_NO_PREVIEW
        )
        await update.callback_query.answer()
    else:
        assert update.message is not None
        await update.message.reply_html(
            said.text, reply_markup=keyboard, link_preview_options=_NO_PREVIEW
        )


def _keyboard(rows: Rows) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows]
    )


def _given(context: Context) -> dict[str, str]:
    answers: dict[str, str] | None = context.user_data
    assert answers is not None
    return answers


class ConversationHandlerInProcess:
    """Without HTTP: ``handle`` an update, on a Bot API that answers at once."""

    def __init__(self, wording: Wording) -> None:
        self.calls = Calls()
        request = InstantRequest(self.calls)
        builder = ApplicationBuilder().token(TOKEN).request(request).get_updates_request(request)
        self._application = builder.updater(None).job_queue(None).build()
        ConversationHandlerBot(wording).add_to(self._application)

    async def prepare(self) -> None:
        await self._application.initialize()

    async def handle(self, raw: dict[str, object]) -> None:
        update = Update.de_json(raw, self._application.bot)
        await self._application.process_update(update)


def main() -> None:
    port, bot_api = int(sys.argv[1]), sys.argv[2]
    application = ApplicationBuilder().token(TOKEN).base_url(f"{bot_api}/bot").build()
    ConversationHandlerBot(Wording(Flow(load()))).add_to(application)
    application.run_webhook(
        "127.0.0.1",
        port,
        url_path="telegram",
        webhook_url=WEBHOOK,
        secret_token="bench",
    )


if __name__ == "__main__":
    main()
