"""Pages that tell about the program itself, and the pages of errors."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.web.site import ACCESSIBILITY, Page, Site
from bot.web.texts import Section
from dialogues.markup import Body, Link, Paragraph, Plain
from dialogues.state import NEW, Conversation
from dialogues.turn import Message


def sections(site: Site, parts: tuple[Section, ...]) -> list[Message]:
    """The parts of a page, after who offers it."""
    operator = Message("explanation", _operator(site), site.texts.operator_title)
    return [operator, *(Message("explanation", part.text, part.title) for part in parts)]


def privacy(site: Site) -> list[Message]:
    """The parts of the page about privacy; what is counted follows on what is kept."""
    texts = site.texts
    counted = (*texts.counted, *site.counted) if site.counted else texts.nothing_counted
    operator, kept, *rest = sections(site, texts.privacy)
    return [operator, kept, Message("explanation", counted, texts.counted_title), *rest]


def _operator(site: Site) -> Body:
    name, contact = site.settings.operator, site.settings.contact
    # The name is not ours, so it is no mark-up.
    said = (Paragraph((Plain(site.texts.operator.text(beheerder=name)),)),)
    body = said if name else site.texts.operator_unknown
    if not contact:
        return body
    return (*body, Paragraph((Link(site.texts.contact, contact),)))


class InformationPages:
    def __init__(self, site: Site) -> None:
        self._site = site
        texts = site.texts
        self._errors = {
            404: texts.not_found,
            405: texts.wrong_method,
            408: texts.too_slow,
            413: texts.too_large,
            414: texts.too_long,
            429: texts.too_many,
            500: texts.failed,
            503: texts.busy,
        }

    async def accessibility(self, request: Request) -> Response:
        """How accessible the pages are, and how that was tried."""
        texts = self._site.texts
        return self._site.page(
            request,
            "information.html",
            Page(texts.accessibility_title, self._site.carried(request), ACCESSIBILITY),
            sections=sections(self._site, texts.accessibility),
        )

    async def error(self, request: Request, error: Exception) -> Response:
        """The page for a status; one that has no page of its own is about what was sent."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        said = self._errors.get(status, self._site.texts.unreadable)
        response = self._site.page(
            request,
            "information.html",
            Page(said.title, self._carried(request), error=True),
            status=status,
            sections=[Message("notice", said.text)],
        )
        if isinstance(error, HTTPException):
            response.headers.update(error.headers or {})
        return response

    def _carried(self, request: Request) -> Conversation:
        try:
            return self._site.carried(request)
        except HTTPException:
            return NEW
