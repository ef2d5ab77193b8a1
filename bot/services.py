"""What runs until it is told to stop: the web pages, Telegram, or both in one process."""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.cli_texts import CliTexts
from bot.dates import today
from bot.log import configure_logging
from bot.report import texts as report_texts
from bot.report.document import maker
from bot.report.queue import ReportQueue
from bot.report.texts import ReportTexts
from bot.settings import (
    Environment,
    TelegramSettings,
    WebSettings,
    log_level,
    public_url,
    telegram_settings,
    web_settings,
)
from bot.telegram import texts as telegram_texts
from bot.telegram.texts import TelegramTexts
from bot.web import texts as web_texts
from bot.web.texts import WebTexts
from dialogues.flow import Flow
from dialogues.loader import read_record
from dialogues.problems import Problems

Service = Callable[[asyncio.Event], Awaitable[None]]
T = TypeVar("T")


class CannotStart(Exception):
    """The argument says why, in Dutch. ``misused``: because of a setting, and not by chance."""

    def __init__(self, said: str, *, misused: bool) -> None:
        self.misused = misused
        super().__init__(said)


class Services:
    """Makes services from content and settings; all texts of the folder must have been checked."""

    def __init__(self, flow: Flow, texts: CliTexts, folder: Path, environment: Environment) -> None:
        self._flow = flow
        self._texts = texts
        self._folder = folder
        self._environment = environment
        self._report_texts = self._read(ReportTexts, report_texts.FILE)

    def run(self, names: Sequence[str], options: Mapping[str, object]) -> None:
        """Run ``web``, ``telegram`` or both until SIGTERM, SIGINT or the end of one of them.

        Raises WrongSetting and CannotStart.
        """
        # All settings that matter are read first: nothing starts when one of them is wrong.
        telegram, web = self._settings(names, options)
        secrets = (telegram.token,) if telegram and telegram.token else ()
        configure_logging(log_level(self._environment, options), secrets)
        make = maker(self._flow, self._report_texts, public_url(self._environment))
        reports = ReportQueue(make) if make else None
        services = []
        if telegram:
            services.append(self._telegram(telegram, reports))
        if web:
            services.append(self._web(web, reports))
        asyncio.run(_until_told(services))

    def _settings(
        self, names: Sequence[str], options: Mapping[str, object]
    ) -> tuple[TelegramSettings | None, WebSettings | None]:
        environment = self._environment
        return (
            telegram_settings(environment, options) if "telegram" in names else None,
            web_settings(environment, options, today()) if "web" in names else None,
        )

    def _read(self, kind: type[T], file: str) -> T:
        texts = read_record(kind, self._folder / file, Problems())
        assert texts is not None  # noqa: S101 checked by who calls us
        return texts

    def _telegram(self, settings: TelegramSettings, reports: ReportQueue | None) -> Service:
        # The library takes 0.4 s to load, so only who wants it waits for it.
        from bot.telegram.run import BadToken, check_token, serve

        if not settings.token:
            raise CannotStart(self._texts.no_token.text(), misused=True)
        texts = self._read(TelegramTexts, telegram_texts.FILE)

        async def run(stopping: asyncio.Event) -> None:
            try:
                await serve(self._flow, texts, settings, reports, stopping)
            except BadToken as error:
                raise self._bad_token(error.refused) from None

        try:
            check_token(settings.token)
        except BadToken as error:
            raise self._bad_token(error.refused) from None
        return run

    def _bad_token(self, refused: bool) -> CannotStart:
        said = self._texts.refused_token if refused else self._texts.bad_token
        return CannotStart(said.text(), misused=False)

    def _web(self, settings: WebSettings, reports: ReportQueue | None) -> Service:
        from bot.web.app import application
        from bot.web.run import listen, serve

        app = application(
            self._flow,
            self._read(WebTexts, web_texts.FILE),
            settings,
            self._report_texts,
            reports,
        )
        try:
            listener = listen(settings.host, settings.port)
        except OSError:
            said = self._texts.cannot_listen.text(adres=f"{settings.host}:{settings.port}")
            raise CannotStart(said, misused=False) from None
        print(self._texts.web_started.text(adres=_address(settings, listener)), flush=True)
        return partial(serve, app, listener)


def _address(settings: WebSettings, listener: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listener.getsockname()[1]}{settings.prefix}/"


async def _until_told(services: Sequence[Service]) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    tasks = [asyncio.ensure_future(service(stopping)) for service in services]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stopping.set()
    await asyncio.wait(tasks)
    for task in tasks:
        task.result()
