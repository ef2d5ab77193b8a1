"""All questions on one page: to read beforehand, to take to a meeting, to answer at once."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from bot.counts.tally import Tally
from bot.web.forms import read_form
from bot.web.site import QUESTIONS, Page, Site
from dialogues.events import Help, ShowOutcome
from dialogues.explanations import explain
from dialogues.state import Conversation


class QuestionsPage:
    def __init__(self, site: Site, tally: Tally) -> None:
        self._site = site
        self._tally = tally
        self._flow = site.flow
        self._help = {
            name: explain(self._flow, Conversation(at=name), Help())
            for name in self._flow.content.questions
        }

    async def respond(self, request: Request) -> Response:
        """The page; or, for its form, the outcome or the first question that is still open."""
        conversation = self._site.carried(request)
        if request.method == "POST":
            # Halfway this says what is certain already, and at an outcome it is the outcome.
            answered = self._answered(await read_form(request), conversation.origin)
            await self._tally.turn(conversation, ShowOutcome(), answered)
            return self._site.redirect(self._site.addresses.after(answered, ShowOutcome()))
        texts = self._site.texts
        return self._site.page(
            request,
            "questions.html",
            Page(texts.questions_title, conversation, QUESTIONS),
            form=self._site.carrying(QUESTIONS, conversation),
            questions=list(self._flow.content.questions.values()),
            help=self._help,
            given=conversation.answers,
        )

    def _answered(self, fields: dict[str, str], origin: str) -> Conversation:
        given = {name: fields[name] for name in fields if self._flow.fits(name, fields[name])}
        everything = Conversation(given, complete=True, origin=origin)
        if self._flow.path(given, complete=True).here in self._flow.content.outcomes:
            # Who answers all at once wants to know of every criterion that is not met.
            return everything
        return replace(everything, complete=False)
