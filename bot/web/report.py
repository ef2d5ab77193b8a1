"""The outcome as a file to keep."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.address import OUTCOME
from bot.report.document import FILE_NAME
from bot.report.queue import ReportQueue, TooManyReports
from bot.web.forms import read_query
from bot.web.site import Site

_LATER = {"Retry-After": "10"}  # seconds


class ReportFile:
    """``reports`` is None when they cannot be made here."""

    def __init__(self, site: Site, reports: ReportQueue | None) -> None:
        self._site = site
        self._reports = reports

    async def respond(self, request: Request) -> Response:
        """The report on the answers in the query; without an outcome, the question to answer.

        Raises HTTPException 404 or 503.
        """
        if self._reports is None:
            raise HTTPException(404)
        visit = self._site.addresses.visit(OUTCOME, read_query(request))
        if not visit.address.startswith(OUTCOME):
            return self._site.redirect(visit.address)
        try:
            made = await self._reports.made(visit.conversation)
        except TooManyReports:
            raise HTTPException(503, headers=_LATER) from None
        headers = {
            "Content-Disposition": f'attachment; filename="{FILE_NAME}"',
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        }
        return Response(made, media_type="application/pdf", headers=headers)
