"""A real application runs on the emulator without HTTP."""

import json

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from tests.botapi.api import BotApi
from tests.botapi.in_process import InProcessRequest
from tests.botapi.person import Person

CHAT = 5
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Ja, dat doen zij", callback_data="v1:a")]])


async def test_a_real_application_in_process() -> None:
    api = BotApi()
    person = Person(api, CHAT)
    application = (
        Application.builder()
        .token(api.token)
        .request(InProcessRequest(api))
        .get_updates_request(InProcessRequest(api))
        .build()
    )

    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await context.bot.send_message(CHAT, "Vraag", reply_markup=KEYBOARD)
        await context.bot.send_document(CHAT, b"inhoud", filename="a.txt")

    async def tap(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Dank u")
        await update.callback_query.edit_message_text(f"U koos {update.callback_query.data}")

    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(tap))
    async with application:
        for act in (lambda: person.say("/start"), lambda: person.tap("Ja")):
            act()
            for update in api.state.take_updates():
                await application.process_update(Update.de_json(update, application.bot))
        assert await application.bot.get_updates() == ()
    assert [one.text for one in person.messages] == ["/start", "U koos v1:a", ""]
    assert person.last.document is not None
    assert person.last.document.content == b"inhoud"
    assert [notice.text for notice in person.notices] == ["Dank u"]
    assert api.violations == []
    assert api.unanswered_queries() == []
    assert json.dumps([call.result for call in api.calls])
    person.wait_quiet(timeout=0.1)
