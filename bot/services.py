"""What runs until it is told to stop: the web pages, Telegram, or both in one process."""

import asyncio
import gc
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.campaigns.campaigns import read_campaigns
from bot.cli_texts import CliTexts
from bot.counts import texts as count_texts
from bot.counts.counter import Counter
from bot.counts.opening import counts_store
from bot.counts.texts import CountTexts
from bot.dates import today
from bot.log import configure_logging
from bot.metrics import Metrics
from bot.readiness import Part, Readiness
from bot.report import texts as report_texts
from bot.report.document import maker
from bot.report.queue import ReportQueue
from bot.report.texts import ReportTexts
from bot.running import Service, Shared, run_until_told
from bot.settings import (
    WEBHOOK,
    Environment,
    ServiceSettings,
    TelegramSettings,
    WebSettings,
    WrongSetting,
    public_url,
    service_settings,
    telegram_settings,
    web_settings,
)
from bot.stopping import Stopping
from bot.store import MemoryStore, Store
from bot.streams import silence_output
from bot.telegram import texts as telegram_texts
from bot.telegram.texts import TelegramTexts
from bot.web import texts as web_texts
from bot.web.texts import WebTexts
from dialogues.flow import Flow
from dialogues.loader import read_record
from dialogues.problems import Problems
from dialogues.understanding import Understanding

if TYPE_CHECKING:
    from bot.telegram.run import TelegramBot
    from bot.telegram.webhook import Webhook

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
        self._understanding = Understanding(flow)
        self._metrics = Metrics()

    def run(self, names: Sequence[Part], options: Mapping[str, object]) -> None:
        """Run ``web``, ``telegram`` or both until SIGTERM, SIGINT or the end of one of them.

        Raises WrongSetting and CannotStart.
        """
        # All settings that matter are read first: nothing starts when one of them is wrong.
        environment = self._environment
        settings = service_settings(environment, options)
        telegram = telegram_settings(environment, options) if "telegram" in names else None
        web = web_settings(environment, options, today()) if "web" in names else None
        secrets = (
            *(telegram.secrets if telegram else ()),
            *settings.passwords,
            web.stats_password if web else "",
        )
        configure_logging(settings.log_level, secrets)
        make = maker(self._flow, self._report_texts, public_url(environment))
        reports = ReportQueue(make) if make else None
        readiness = Readiness(*names, *(("store",) if settings.store else ()))
        store = self._store(settings, readiness)
        shared = Shared(
            self._metrics,
            readiness,
            reports,
            store,
            read_campaigns(self._folder, self._flow.content, Problems()),
            Counter(counts_store(settings.counts), self._metrics),
            self._read(CountTexts, count_texts.FILE),
        )
        services = self._services(telegram, web, shared)
        listener = self._management(settings)
        self._understanding.warm_up()
        # All this is there to stay: looking through it for garbage made turns wait.
        gc.freeze()
        asyncio.run(run_until_told(services, shared, listener))

    def _services(
        self, telegram: TelegramSettings | None, web: WebSettings | None, shared: Shared
    ) -> list[Service]:
        services: list[Service] = []
        webhook: Webhook | None = None
        pages_ended = asyncio.Event()
        if telegram:
            bot = self._bot(telegram, shared)
            if not telegram.webhook:
                services.append(self._told_of_bad_token(lambda stop: bot.poll(stop.told)))
            elif web:
                webhook = _webhook(telegram, shared)
                services.append(
                    self._told_of_bad_token(lambda _: bot.receive(webhook, pages_ended))
                )
            else:
                raise CannotStart(self._texts.webhook_needs_serve.text(), misused=True)
        if web:
            services.append(self._pages(web, shared, webhook, pages_ended))
        return services

    def _store(self, settings: ServiceSettings, readiness: Readiness) -> Store:
        if not settings.store:
            return MemoryStore()
        try:
            from bot.redis_store import RedisStore
        except ImportError:
            raise WrongSetting("COPRO_STORE", "store_extra_absent") from None

        def on_trouble() -> None:
            readiness.tell("store", "unreachable")
            self._metrics.failed("store")

        def on_recovery() -> None:
            readiness.tell("store", "ok")

        try:
            return RedisStore(settings.store, on_trouble=on_trouble, on_recovery=on_recovery)
        except ValueError:
            raise WrongSetting("COPRO_STORE", "bad_store") from None

    def _read(self, kind: type[T], file: str) -> T:
        texts = read_record(kind, self._folder / file, Problems())
        assert texts is not None  # noqa: S101 checked by who calls us
        return texts

    def _bot(self, settings: TelegramSettings, shared: Shared) -> "TelegramBot":
        # The library takes 0.4 s to load, so only who wants it waits for it.
        from bot.telegram.run import BadToken, TelegramBot, check_token

        if not settings.token:
            raise CannotStart(self._texts.no_token.text(), misused=True)
        try:
            check_token(settings.token)
        except BadToken as error:
            raise self._bad_token(error.refused) from None
        texts = self._read(TelegramTexts, telegram_texts.FILE)
        return TelegramBot(
            self._flow,
            self._understanding,
            texts,
            settings,
            shared.store,
            shared.metrics,
            shared.readiness,
            shared.reports,
            campaigns=shared.campaigns,
            counter=shared.counter,
            count_texts=shared.count_texts,
        )

    def _told_of_bad_token(self, service: Service) -> Service:
        from bot.telegram.run import BadToken

        async def run(stopping: Stopping) -> None:
            try:
                await service(stopping)
            except BadToken as error:
                raise self._bad_token(error.refused) from None

        return run

    def _bad_token(self, refused: bool) -> CannotStart:
        said = self._texts.refused_token if refused else self._texts.bad_token
        return CannotStart(said.text(), misused=False)

    def _pages(
        self,
        settings: WebSettings,
        shared: Shared,
        webhook: "Webhook | None",
        ended: asyncio.Event,
    ) -> Service:
        from bot.web.app import application
        from bot.web.run import serve

        app = application(
            self._flow,
            self._understanding,
            self._read(WebTexts, web_texts.FILE),
            settings,
            self._report_texts,
            shared.reports,
            shared.metrics,
            shared.readiness,
            shared.campaigns,
            shared.counter,
            shared.count_texts,
            {WEBHOOK: webhook} if webhook else {},
        )
        listener = self._listening(settings.host, settings.port)
        try:
            print(self._texts.web_started.text(adres=_address(settings, listener)), flush=True)
        except OSError:
            # A full disk behind `>` is no reason not to serve.
            silence_output()

        async def run(stopping: Stopping) -> None:
            shared.readiness.tell("web", "ok")
            try:
                await serve(app, listener, stopping.told, stopping.closing)
            finally:
                ended.set()

        return run

    def _management(self, settings: ServiceSettings) -> socket.socket | None:
        if settings.metrics_port is None:
            return None
        return self._listening(settings.metrics_host, settings.metrics_port)

    def _listening(self, host: str, port: int) -> socket.socket:
        from bot.web.run import listen

        try:
            return listen(host, port)
        except OSError:
            said = self._texts.cannot_listen.text(adres=f"{host}:{port}")
            raise CannotStart(said, misused=False) from None


def _webhook(settings: TelegramSettings, shared: Shared) -> "Webhook":
    from bot.telegram.webhook import Webhook

    return Webhook(settings.webhook_secret, shared.metrics)


def _address(settings: WebSettings, listener: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listener.getsockname()[1]}{settings.prefix}/"
