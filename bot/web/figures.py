"""The figures, for who offers the pages: with a password, on a page or for a script.

The password is typed once. What is chosen after that goes with a ticket in the form, so there is
no cookie, and nothing of it is ever in an address.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.campaigns.campaigns import Campaigns
from bot.counts.counter import Counter
from bot.counts.export import exported
from bot.counts.figures import SMALLEST, Table, figures, over_time
from bot.counts.store import CountsUnavailable, Row
from bot.counts.texts import CountTexts
from bot.web.admission import Admission, TooManyAttempts
from bot.web.forms import read_form, read_query
from bot.web.pages import Refusal
from bot.web.site import NOT_STORED, Page, Site
from dialogues.markup import Body
from dialogues.state import NEW

FIGURES = "/cijfers"
# The names of the fields in the form, and of what a script asks for.
_PASSWORD, _TICKET, _CAMPAIGN, _SINCE = "wachtwoord", "toegang", "campagne", "vanaf"
_BEARER = re.compile(r"bearer +", re.IGNORECASE)
_DAY = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Choice:
    """``typed``: the first day as it was typed; ``since``: what it means, None for all days."""

    campaign: str = ""
    typed: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class _Shown:
    """Rows of the choice, and the codes of all campaigns that can be chosen."""

    rows: Sequence[Row]
    codes: Sequence[str]


class FiguresPage:
    def __init__(
        self,
        site: Site,
        texts: CountTexts,
        campaigns: Campaigns,
        counter: Counter,
        admission: Admission,
    ) -> None:
        self._site = site
        self._texts = texts
        self._campaigns = campaigns
        self._counter = counter
        self._admission = admission

    async def respond(self, request: Request) -> Response:
        """The page that asks for the password, or the figures. Raises HTTPException 429."""
        query = read_query(request)
        if request.method == "POST":
            return await self._sent(request, await read_form(request))
        if given := request.headers.get("authorization"):
            return await self._for_script(request, given, dict(reversed(query)))
        return self._door(request, None)

    async def _sent(self, request: Request, fields: dict[str, str]) -> Response:
        texts = self._site.texts
        ticket = fields.get(_TICKET, "")
        if ticket and not self._admission.accepts(ticket):
            return self._door(request, texts.expired)
        if not ticket:
            if not self._knows(fields.get(_PASSWORD, "")):
                return self._door(request, texts.wrong_password)
            ticket = self._admission.ticket()
        choice, readable = _chosen(fields)
        refusal = None if readable else self._unreadable_day(choice)
        return await self._page(request, choice, ticket, refusal)

    async def _for_script(self, request: Request, given: str, fields: dict[str, str]) -> Response:
        """The rows as JSON for who asks for that, and otherwise the page."""
        bearer = _BEARER.match(given)
        if bearer is None or not self._knows(given[bearer.end() :]):
            headers = {**NOT_STORED, "WWW-Authenticate": "Bearer"}
            return PlainTextResponse(f"{self._site.texts.wrong_password}\n", 401, headers)
        choice, readable = _chosen(fields)
        if not readable:
            return PlainTextResponse(f"{self._site.texts.no_date}\n", 400, NOT_STORED)
        if "application/json" not in request.headers.get("accept", ""):
            return await self._page(request, choice, self._admission.ticket(), None)
        try:
            shown = await self._read(choice)
        except CountsUnavailable as error:
            return JSONResponse({"error": error.why}, 503, NOT_STORED)
        return JSONResponse(exported(shown.rows, self._texts), headers=NOT_STORED)

    def _knows(self, password: str) -> bool:
        try:
            return self._admission.knows(password)
        except TooManyAttempts as error:
            headers = {"Retry-After": str(error.seconds)}
            raise HTTPException(429, headers=headers) from None

    def _unreadable_day(self, choice: _Choice) -> Refusal:
        texts = self._site.texts
        return Refusal(texts.no_date_title, texts.no_date, _SINCE, choice.typed)

    async def _read(self, choice: _Choice) -> _Shown:
        rows = await self._counter.read(choice.since)
        codes = {row.campaign for row in rows if row.campaign}
        codes.update(str(campaign.code) for campaign in self._campaigns)
        if choice.campaign:
            rows = [row for row in rows if row.campaign == choice.campaign]
        return _Shown(rows, sorted(codes))

    def _door(self, request: Request, wrong: str | None) -> Response:
        title = self._site.texts.wrong_password_title
        refusal = Refusal(title, wrong, _PASSWORD) if wrong else None
        return self._made(request, refusal, 422 if wrong else 200)

    async def _page(
        self, request: Request, choice: _Choice, ticket: str, refusal: Refusal | None
    ) -> Response:
        if not self._counter.counting:
            return self._made(request, said=self._texts.not_counting)
        try:
            shown = await self._read(choice)
        except CountsUnavailable as error:
            return self._made(request, status=503, said=self._texts.unavailable(error.why))
        content = self._site.flow.content
        tables = (*figures(shown.rows, self._texts, content), over_time(shown.rows, self._texts))
        return self._made(
            request,
            refusal,
            422 if refusal else 200,
            ticket=ticket,
            choice=choice,
            codes=shown.codes,
            tables=() if refusal else tables,
        )

    def _made(
        self,
        request: Request,
        refusal: Refusal | None = None,
        status: int = 200,
        *,
        said: Body = (),
        ticket: str = "",
        choice: _Choice = _Choice(),
        codes: Sequence[str] = (),
        tables: Sequence[Table] = (),
    ) -> Response:
        response = self._site.page(
            request,
            "figures.html",
            Page(self._site.texts.figures_title, NEW, error=refusal is not None),
            status=status,
            form=self._site.href(FIGURES),
            refusal=refusal,
            said=said,
            ticket=ticket,
            choice=choice,
            codes=codes,
            tables=tables,
            names=self._texts,
            chosen=self._texts.choice(choice.campaign, choice.since),
            small=self._texts.small_numbers.body(aantal=SMALLEST),
        )
        if request.method != "POST":
            response.headers.update(NOT_STORED)
        return response


def _chosen(fields: dict[str, str]) -> tuple[_Choice, bool]:
    """What was chosen, and whether the first day can be read."""
    choice = _Choice(fields.get(_CAMPAIGN, ""), fields.get(_SINCE, "").strip())
    if not choice.typed:
        return choice, True
    try:
        return replace(choice, since=_day(choice.typed)), True
    except ValueError:
        return choice, False


def _day(typed: str) -> date:
    """A date as people write it, or as programs do. Raises ValueError."""
    if written := _DAY.fullmatch(typed):
        return date(int(written["year"]), int(written["month"]), int(written["day"]))
    return date.fromisoformat(typed)
