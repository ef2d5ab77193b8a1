"""The pages of the conversation: what the templates need to show a turn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from bot.address import OUTCOME, Visit, link
from bot.dates import in_words, today
from bot.web.information import privacy, sections
from bot.web.sharing import shared_page, sharing
from bot.web.site import LinkTo, Page, Site
from dialogues.codec import Codec
from dialogues.content import Question
from dialogues.events import About, Ask, Change, Check, Forget, Help, Privacy, Topics
from dialogues.explanations import explain
from dialogues.outcome_view import capital
from dialogues.state import OVERVIEW, STOPPED, Conversation, path_of, place_of
from dialogues.turn import Choice, Message, Turn

PDF = f"{OUTCOME}.pdf"
# These have a place of their own on a page: below the question, and in the list of answers.
_IN_PLACE = (Help(), Change())


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was wrong with a form. ``field``: the id of what to mend; ``typed`` is given back."""

    title: str
    message: str
    field: str
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Visit):
    """The first page of a campaign, at an address of its own. ``said`` comes above it."""

    said: tuple[Message, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Said:
    """Something said, and what is on offer with it."""

    message: Message
    offers: list[LinkTo]


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A row in the list of answers. ``change``: where it can be changed."""

    question: Question
    label: str
    change: str


class Pages:
    """``months``: their names, for ``bot.dates``; ``with_pdf``: reports can be made."""

    def __init__(self, site: Site, months: Mapping[str, str], *, with_pdf: bool) -> None:
        self._site = site
        self._flow = site.flow
        self._months = months
        self._with_pdf = with_pdf
        self._codec = Codec(site.flow.content)

    def no_choice(self) -> Refusal:
        texts = self._site.texts
        return Refusal(texts.no_choice_title, texts.no_choice, "antwoord-1")

    def not_understood(self, typed: str) -> Refusal:
        texts = self._site.texts
        return Refusal(texts.not_understood_title, texts.not_understood, "vraag", typed)

    def page(self, request: Request, visit: Visit, refusal: Refusal | None = None) -> Response:
        """The page of a turn. With a refusal its status is 422."""
        kinds = {message.kind for message in visit.turn.messages}
        if "question" in kinds:
            return self._question(request, visit, refusal)
        if "outcome" in kinds:
            return self._outcome(request, visit, refusal)
        return self._other(request, visit, refusal)

    def _question(self, request: Request, visit: Visit, refusal: Refusal | None) -> Response:
        core, conversation, turn = self._site.core, visit.conversation, visit.turn
        said, [asked] = _split(turn, "question")
        assert turn.progress is not None  # noqa: S101 a question always has it
        progress = core.progress.text(nummer=turn.progress.number, hooguit=turn.progress.at_most)
        here = replace(conversation, at=place_of(self._flow, conversation))
        return self._made(
            request,
            "question.html",
            Page(f"{progress}. {asked.title}", conversation),
            visit,
            refusal,
            said=said,
            question=asked,
            progress=progress,
            options=[choice for choice in turn.choices if choice.role == "answer"],
            help=explain(self._flow, here, Help()),
        )

    def _outcome(self, request: Request, visit: Visit, refusal: Refusal | None) -> Response:
        conversation, turn = visit.conversation, visit.turn
        said, [outcome, *rest] = _split(turn, "outcome")
        place = place_of(self._flow, conversation)
        return self._made(
            request,
            "outcome.html",
            Page(outcome.title, conversation, card=f"outcome-{place}"),
            visit,
            refusal,
            said=said,
            outcome=outcome,
            sections=rest,
            date=in_words(today(), self._months),
            sharing=sharing(
                self._site,
                outcome.title,
                link(self._flow, conversation, self._site.origin(request)),
            ),
            pdf=self._site.carrying(PDF, conversation) if self._with_pdf else "",
            telegram=self._telegram(conversation),
        )

    def _other(self, request: Request, visit: Visit, refusal: Refusal | None) -> Response:
        conversation = visit.conversation
        messages = list(visit.turn.messages)
        titled = next((message for message in messages if message.title), None)
        about = conversation.about
        heading = titled.title if titled else self._untitled(place_of(self._flow, conversation))
        return self._made(
            request,
            "other.html",
            Page(
                heading,
                conversation,
                card=f"term-{about.name}" if isinstance(about, Ask) else "start",
                window=self._window(visit, heading),
            ),
            visit,
            refusal,
            said=messages,
            titled=titled,
            sharing=shared_page(self._site, request, conversation, heading),
        )

    def _window(self, visit: Visit, heading: str) -> str:
        """The title of the window, when another page has the same heading."""
        core = self._site.core
        match visit.conversation.about:
            case Ask(more=True):
                apart = core.button_more
            case Topics(topic=topic) if topic:
                apart = core.button_topics
            case _:
                return ""
        return self._site.texts.page_title.text(pagina=heading, naam=apart)

    def _made(
        self,
        request: Request,
        template: str,
        page: Page,
        visit: Visit,
        refusal: Refusal | None,
        *,
        said: list[Message],
        **values: object,
    ) -> Response:
        conversation = visit.conversation
        at = place_of(self._flow, conversation)
        offers = [choice for choice in visit.turn.choices if choice.role == "offer"]
        choices = [
            choice
            for choice in visit.turn.choices
            if choice.role != "offer" and choice.event != conversation.about
        ]
        if at in self._flow.content.outcomes and template != "outcome.html":
            # In a chat the outcome stands above; here it would be gone.
            choices.insert(0, Choice(self._site.core.button_to_outcome, Check()))
        address = "" if refusal else self._address(visit)
        return self._site.page(
            request,
            template,
            replace(page, error=refusal is not None, address=address),
            status=200 if refusal is None else 422,
            said=self._said(visit, said, self._links(conversation, offers)),
            choices=self._links(conversation, choices),
            # The overview has them already, as its choices.
            answers=[] if at == OVERVIEW else self._answers(conversation),
            form=self._site.href(self._site.addresses.of(conversation)),
            refusal=refusal,
            opening=visit if isinstance(visit, Opening) else None,
            **values,
        )

    def _said(self, visit: Visit, messages: list[Message], offers: list[LinkTo]) -> list[Said]:
        """What is said, the offers with what they belong to, and what only the web adds to it."""
        conversation = visit.conversation
        explained = (
            explain(self._flow, conversation, conversation.about) if conversation.about else ()
        )
        # Without an explanation only a reply has something added to it, and that comes first.
        end = messages.index(explained[-1]) + 1 if explained else 1
        said = [Said(message, []) for message in messages]
        if offers:
            said[end - 1] = Said(messages[end - 1], offers)
        said[end:end] = [Said(message, []) for message in self._extras(visit)]
        dropped = [Said(Message("notice", self._site.texts.dropped), [])] if visit.outdated else []
        return [*dropped, *said]

    def _untitled(self, place: str) -> str:
        """The heading of a page on which nothing that is said has one."""
        if place in self._flow.content.outcomes:
            return capital(self._flow.content.outcomes[place].name)
        return self._site.texts.stopped_title if place == STOPPED else self._site.core.welcome_title

    def _extras(self, visit: Visit) -> list[Message]:
        """What only the web has to add to a reply."""
        texts, about = self._site.texts, visit.conversation.about
        if about == Help() and self._site.settings.contact:
            return sections(self._site, ())
        if about == Privacy():
            return privacy(self._site)
        if about == About():
            return sections(self._site, texts.about)
        if visit.event == Forget(confirmed=True):
            return [Message("notice", texts.forgotten)]
        return []

    def _links(self, conversation: Conversation, choices: Iterable[Choice]) -> list[LinkTo]:
        return [
            self._site.choice(conversation, choice, main=choice.event == Check())
            for choice in choices
            if choice.role != "answer" and choice.event not in _IN_PLACE
        ]

    def _address(self, visit: Visit) -> str:
        """Where others find the page, whatever brought them; empty when it shows answers."""
        if isinstance(visit, Opening):
            return visit.address
        if visit.conversation.answers:
            return ""
        return self._site.addresses.of(replace(visit.conversation, origin=""))

    def _answers(self, conversation: Conversation) -> list[GivenAnswer]:
        questions = self._flow.content.questions
        return [
            GivenAnswer(
                questions[name],
                questions[name].option(given).label,
                self._site.link(conversation, Change(name)),
            )
            for name, given in path_of(self._flow, conversation).facts.items()
        ]

    def _telegram(self, conversation: Conversation) -> str:
        name = self._site.settings.telegram_name
        return f"https://t.me/{name}?start={self._codec.payload(conversation)}" if name else ""


def _split(turn: Turn, kind: str) -> tuple[list[Message], list[Message]]:
    """The messages of other kinds, and those of this kind."""
    return (
        [message for message in turn.messages if message.kind != kind],
        [message for message in turn.messages if message.kind == kind],
    )
