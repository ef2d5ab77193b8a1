"""The same dialogue as most bots on python-telegram-bot are built: with its ConversationHandler."""

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    ConversationHandler,
    MessageHandler,
    filters,
)

from dialogues.flow import Flow
from dialogues.markup import plain
from dialogues.outcome_view import outcome_messages
from dialogues.result import judge

Context = CallbackContext[Any, Any, Any, Any]
MENU = -2
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Peer:
    """State 0 to 7: the question that is open. Answers are kept in ``user_data``."""

    def __init__(self, flow: Flow) -> None:
        self._content = flow.content
        self._questions = list(flow.content.questions.values())
        self._flow = flow

    def add_to(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        steps = [
            CallbackQueryHandler(self.answer, pattern="^(ja|nee|weet_niet)$"),
            CallbackQueryHandler(self.help, pattern="^help$"),
            CallbackQueryHandler(self.back, pattern="^terug$"),
            MessageHandler(filters.TEXT & ~filters.COMMAND, self.typed),
        ]
        states: dict[object, list[Any]] = dict.fromkeys(range(len(self._questions)), steps)
        states[MENU] = [CallbackQueryHandler(self.begin, pattern="^begin$")]
        start: list[Any] = [CommandHandler("start", self.start)]
        application.add_handler(ConversationHandler(start, states, start))

    async def start(self, update: Update, context: Context) -> int:
        _given(context).clear()
        assert update.message is not None
        # As many buttons as ours, so that both send and receive the same amount.
        labels = ["Wat is coproductie?", "Begrippen", "Verder lezen", "Privacy", "Over"]
        rows = [[InlineKeyboardButton(label, callback_data=label)] for label in labels]
        rows.append([InlineKeyboardButton("Doe de zelfcheck", callback_data="begin")])
        welcome = plain(self._content.texts.welcome.body(aantal=8))
        await update.message.reply_html(welcome, reply_markup=InlineKeyboardMarkup(rows))
        return MENU

    async def begin(self, update: Update, context: Context) -> int:
        await self._show(update, 0, "")
        return 0

    async def answer(self, update: Update, context: Context) -> int:
        assert update.callback_query is not None
        return await self._answered(update, context, str(update.callback_query.data))

    async def typed(self, update: Update, context: Context) -> int:
        assert update.message is not None
        return await self._answered(update, context, str(update.message.text))

    async def help(self, update: Update, context: Context) -> int:
        number = len(_given(context))
        question = self._questions[number]
        telling = [*question.counts, *question.does_not_count, plain(question.example)]
        await self._show(update, number, "\n".join([plain(question.why), *telling]) + "\n\n")
        return number

    async def back(self, update: Update, context: Context) -> int:
        _given(context).popitem()
        await self._show(update, len(_given(context)), "")
        return len(_given(context))

    async def _answered(self, update: Update, context: Context, answer: str) -> int:
        question = self._questions[len(_given(context))]
        _given(context)[question.id] = answer
        reaction = f"U antwoordde: <b>{answer}</b>. {question.option(answer).reason}\n\n"
        number = len(_given(context))
        if number < len(self._questions):
            await self._show(update, number, reaction)
            return number
        result = judge(self._flow, _given(context))
        parts = outcome_messages(self._content, result)
        text = "\n\n".join(f"<b>{part.title}</b>\n{plain(part.body)}" for part in parts)
        assert update.effective_chat is not None
        await update.effective_chat.send_message(
            text[:4000], parse_mode="HTML", link_preview_options=_NO_PREVIEW
        )
        assert update.callback_query is not None
        await update.callback_query.edit_message_text(reaction, parse_mode="HTML")
        await update.callback_query.answer()
        return ConversationHandler.END

    async def _show(self, update: Update, number: int, before: str) -> None:
        question = self._questions[number]
        text = (
            f"{before}Vraag {number + 1} van {len(self._questions)}\n\n"
            f"<b>{question.text}</b>\n{plain(question.explanation)}"
        )
        rows = [
            [InlineKeyboardButton(o.label, callback_data=o.id) for o in question.options],
            [InlineKeyboardButton("Uitleg", callback_data="help")],
            [InlineKeyboardButton("Terug", callback_data="terug")],
            [InlineKeyboardButton("Antwoorden wijzigen", callback_data="wijzigen")],
            [InlineKeyboardButton("Stoppen", callback_data="stop")],
        ]
        keyboard = InlineKeyboardMarkup(rows)
        if update.callback_query:
            await update.callback_query.edit_message_text(
                text, parse_mode="HTML", reply_markup=keyboard, link_preview_options=_NO_PREVIEW
            )
            await update.callback_query.answer()
        else:
            assert update.message is not None
            await update.message.reply_html(
                text, reply_markup=keyboard, link_preview_options=_NO_PREVIEW
            )


def _given(context: Context) -> dict[str, str]:
    answers: dict[str, str] | None = context.user_data
    assert answers is not None
    return answers
