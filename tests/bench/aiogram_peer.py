"""The same dialogue on aiogram with its states, without what is known to make it slow.

That is: filters that are plain functions and no MagicFilter, and the last call of a turn in the
response to the webhook. As a program it is aiogram's webhook server: ``aiogram_peer PORT BOT_API``.
"""

import sys
from collections.abc import Awaitable, Callable
from typing import Any, cast

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from dialogues.flow import Flow
from dialogues.loader import load
from tests.bench.answers import TOKEN, WEBHOOK
from tests.bench.instant import Calls
from tests.bench.wording import ANSWERS, BACK, BEGIN, HELP, Rows, Said, Wording

_LOOKS = DefaultBotProperties(parse_mode="HTML", link_preview=LinkPreviewOptions(is_disabled=True))
_SECRET = "bench"
Last = TelegramMethod[Any]  # a call that is left to whoever handles the update


class Check(StatesGroup):
    menu = State()
    question = State()


class AiogramBot:
    """Answers are kept in the data of the state, in memory."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def dispatcher(self) -> Dispatcher:
        made = Dispatcher(storage=MemoryStorage())
        made.message.register(self.start, CommandStart())
        made.callback_query.register(self.begin, Check.menu, _data(BEGIN))
        made.callback_query.register(self.answer, Check.question, _data(*ANSWERS))
        made.callback_query.register(self.help, Check.question, _data(HELP))
        made.callback_query.register(self.back, Check.question, _data(BACK))
        made.message.register(self.typed, Check.question)
        return made

    async def start(self, message: Message, state: FSMContext) -> Last:
        await state.set_data({})
        await state.set_state(Check.menu)
        return _sent(message, self._wording.welcome())

    async def begin(self, query: CallbackQuery, state: FSMContext) -> Last:
        await state.set_state(Check.question)
        return await _edited(query, self._wording.question(0))

    async def answer(self, query: CallbackQuery, state: FSMContext) -> Last:
        reaction, given = await self._answered(state, str(query.data))
        if len(given) < self._wording.questions:
            return await _edited(query, self._wording.question(len(given), reaction))
        assert isinstance(query.message, Message)
        await query.message.answer(self._wording.outcome(given))
        await query.message.edit_text(reaction)
        await state.clear()
        return query.answer()

    async def typed(self, message: Message, state: FSMContext) -> Last:
        reaction, given = await self._answered(state, str(message.text))
        return _sent(message, self._wording.question(len(given), reaction))

    async def help(self, query: CallbackQuery, state: FSMContext) -> Last:
        return await _edited(query, self._wording.help(len(await state.get_data())))

    async def back(self, query: CallbackQuery, state: FSMContext) -> Last:
        given = await state.get_data()
        given.popitem()
        await state.set_data(given)
        return await _edited(query, self._wording.question(len(given)))

    async def _answered(self, state: FSMContext, answer: str) -> tuple[str, dict[str, str]]:
        given = await state.get_data()
        reaction = self._wording.reaction(len(given), answer)
        given[self._wording.name(len(given))] = answer
        await state.set_data(given)
        return reaction, given


def _data(*wanted: str) -> Callable[[CallbackQuery], Awaitable[bool]]:
    # Not a plain function: aiogram would call that in a thread.
    async def fits(query: CallbackQuery) -> bool:
        return query.data in wanted

    return fits


def _sent(message: Message, said: Said) -> Last:
    return message.answer(said.text, reply_markup=_keyboard(said.rows))


async def _edited(query: CallbackQuery, said: Said) -> Last:
    assert isinstance(query.message, Message)
    await query.message.edit_text(said.text, reply_markup=_keyboard(said.rows))
    return query.answer()


def _keyboard(rows: Rows) -> InlineKeyboardMarkup:
    buttons = [
        [InlineKeyboardButton(text=label, callback_data=data) for label, data in row]
        for row in rows
    ]
    return InlineKeyboardMarkup(inline_keyboard=buttons)


class _InstantSession(AiohttpSession):
    """In the place of the HTTP client: it serialises a call and reads the answer, as that does."""

    def __init__(self, calls: Calls) -> None:
        super().__init__()
        self._calls = calls

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        self.build_form_data(bot, method)
        markup = getattr(method, "reply_markup", None)
        written = self.prepare_value(markup, bot=bot, files={}) if markup else None
        content = self._calls.made(method.__api_method__, written).decode()
        return cast(TelegramType, self.check_response(bot, method, 200, content).result)


class AiogramInProcess:
    """Without HTTP: ``handle`` an update, on a Bot API that answers at once."""

    def __init__(self, wording: Wording) -> None:
        self.calls = Calls()
        self._bot = Bot(TOKEN, _InstantSession(self.calls), default=_LOOKS)
        self._dispatcher = AiogramBot(wording).dispatcher()

    async def prepare(self) -> None:
        """There is nothing to do."""

    async def handle(self, raw: dict[str, object]) -> None:
        last = await self._dispatcher.feed_raw_update(self._bot, raw)
        if isinstance(last, TelegramMethod):
            await self._bot(last)


def main() -> None:
    port, bot_api = int(sys.argv[1]), sys.argv[2]
    session = AiohttpSession(api=TelegramAPIServer.from_base(bot_api))
    bot = Bot(TOKEN, session, default=_LOOKS)
    dispatcher = AiogramBot(Wording(Flow(load()))).dispatcher()
    served = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, bot, handle_in_background=False, secret_token=_SECRET
    )
    handler.register(served, path="/telegram")

    async def tell_telegram(_: web.Application) -> None:
        await bot.set_webhook(WEBHOOK, secret_token=_SECRET)

    served.on_startup.append(tell_telegram)
    web.run_app(served, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main()
