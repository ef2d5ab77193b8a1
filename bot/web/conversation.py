"""The conversation over HTTP: an address becomes a page, a form becomes the next address."""

from dataclasses import replace
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.address import NoSuchPage, Visit
from bot.counts.tally import Tally
from bot.web.forms import read_form, read_query
from bot.web.looking import is_looked_at
from bot.web.pages import Pages, Refusal
from bot.web.site import Site
from dialogues.conversation import handle, react
from dialogues.events import Answer, Ask, Explaining, More, Suggest, Unknown
from dialogues.state import Conversation, place_of
from dialogues.turn import Turn
from dialogues.understanding import Understanding
from dialogues.views import view

_START = "/"
# The names of the fields in the forms.
ANSWER, TYPED = "antwoord", "vraag"
# Stands in the form of a page that says that what was typed is not understood.
AGAIN = "nogmaals"


class ConversationPages:
    def __init__(
        self, site: Site, pages: Pages, understanding: Understanding, tally: Tally
    ) -> None:
        self._site = site
        self._pages = pages
        self._understanding = understanding
        self._tally = tally

    async def respond(self, request: Request) -> Response:
        """The page of an address; or, for a form, where it leads."""
        path: str = request.scope["path"]
        query = read_query(request)
        try:
            visit = self._site.addresses.visit("/" + path.strip("/"), query)
        except NoSuchPage:
            raise HTTPException(404) from None
        if request.method == "POST":
            return await self._sent(request, visit.conversation)
        requested = f"{path}?{urlencode(query)}" if query else path
        if visit.address != requested and not visit.outdated:
            return self._site.redirect(visit.address)
        if is_looked_at(request):
            # What was done is counted when it is sent, and not again with the page it leads to.
            about = visit.conversation.about if isinstance(visit.conversation.about, Ask) else None
            started = requested == _START
            await self._tally.turn(visit.conversation, about, visit.conversation, started=started)
        return self._pages.page(request, visit)

    async def _sent(self, request: Request, conversation: Conversation) -> Response:
        fields = await read_form(request)
        place = place_of(self._site.flow, conversation)
        if TYPED in fields:
            if AGAIN in fields:
                conversation = replace(conversation, about=Unknown())
            event = self._understanding.read(fields[TYPED], conversation)
            if isinstance(event, Unknown | Suggest):
                # What was typed may be in no address, so there is none to go to.
                after, turn = handle(self._site.flow, conversation, event)
                if isinstance(event, Suggest):
                    visit = Visit(after, turn, self._site.addresses.of(after))
                    return self._pages.page(request, visit)
                await self._tally.turn(conversation, event, after)
                # It is given back, so that a slip can be mended.
                refusal = self._pages.not_understood(fields[TYPED])
                return self._refused(request, after, turn, refusal)
        elif place in self._site.flow.content.questions:
            if request.scope["path"].rpartition("/")[2] != place:
                # The content has changed since the page was made: it was another question.
                return self._site.redirect(self._site.addresses.outdated(conversation))
            event = Answer(place, fields.get(ANSWER, ""))
            if not self._site.flow.fits(event.question, event.option):
                turn = view(self._site.flow, conversation)
                return self._refused(request, conversation, turn, self._pages.no_choice())
        else:
            raise HTTPException(422)
        if not isinstance(event, Explaining | More):
            after, _ = react(self._site.flow, conversation, event)
            await self._tally.turn(conversation, event, after)
        return self._site.redirect(self._site.addresses.after(conversation, event))

    def _refused(
        self, request: Request, conversation: Conversation, turn: Turn, refusal: Refusal
    ) -> Response:
        address = self._site.addresses.of(conversation)
        return self._pages.page(request, Visit(conversation, turn, address), refusal)
