"""What all pages share: the templates, the addresses in them, and how an answer is made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.address import Addresses
from bot.explained_address import PAGES, as_path
from bot.settings import WebSettings
from bot.web.forms import read_query
from bot.web.guard import EMBEDDED
from bot.web.html import NEW_TAB, html
from bot.web.static_files import StaticFiles
from bot.web.texts import WebTexts
from dialogues.entries import SIMPLE, simple
from dialogues.events import About, Event, Examples, Help, Privacy, Reading, Topics
from dialogues.flow import WELCOME, Flow
from dialogues.markup import Body
from dialogues.state import Conversation
from dialogues.turn import Choice

QUESTIONS, ACCESSIBILITY, SHARING = "/vragen", "/toegankelijkheid", "/delen"
_HOST = re.compile(r"[A-Za-z0-9.\-]+(?::[0-9]+)?|\[[0-9a-f:]+\](?::[0-9]+)?")
NOT_STORED = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
# A browser can only go back to the answer to a form when it may keep that for itself.
_KEPT = {"Cache-Control": "private, max-age=0", "X-Robots-Tag": "noindex"}
_BRIEFLY = {"Cache-Control": "public, max-age=300"}


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around the main part. ``conversation`` is carried along in every link.

    ``heading``: in the title of the window, unless ``window`` says more. ``address``: where others
    find the same page; a page that shows answers has none. ``card``: the picture that goes with a
    link to it.
    """

    heading: str
    conversation: Conversation
    address: str = ""
    card: str = "start"
    error: bool = False
    window: str = ""


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A choice as a link; ``main``: the one that most people will want."""

    label: str
    href: str
    main: bool = False


class Site:
    """Made once. ``cards`` are the texts of the pictures, by file name. ``counted``: the list of
    what is counted; empty if nothing is.

    ``embedded``: the pages stand in a frame on the site of somebody else. Everything stays in it
    but links to other sites.
    """

    def __init__(
        self,
        flow: Flow,
        texts: WebTexts,
        settings: WebSettings,
        static: StaticFiles,
        cards: Mapping[str, str],
        counted: Body,
        *,
        embedded: bool,
    ) -> None:
        self.flow = flow
        self.texts = texts
        self.core = flow.content.texts
        self.settings = settings
        self.static = static
        self.addresses = Addresses(flow)
        self.counted = counted
        self.embedded = embedded
        self.leaving = NEW_TAB if embedded else ""
        self._prefix = settings.prefix + (EMBEDDED if embedded else "")
        self._cards = cards
        self._templates = Environment(
            loader=PackageLoader("bot.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters["html"] = partial(html, framed=embedded)
        self._templates.globals["site"] = self

    def page(
        self, request: Request, template: str, page: Page, *, status: int = 200, **values: object
    ) -> Response:
        """An answer made from a template. No cache on the way stores what somebody answered."""
        text = self._templates.get_template(template).render(
            page=page, origin=self.origin(request), **values
        )
        if request.method == "POST":
            return HTMLResponse(text, status, _KEPT)
        personal = request.scope["query_string"] or status != 200
        return HTMLResponse(text, status, NOT_STORED if personal else _BRIEFLY)

    def redirect(self, address: str) -> Response:
        """To another page, which is then asked for with GET."""
        return RedirectResponse(self.href(address), 303, NOT_STORED)

    def href(self, address: str) -> str:
        """An address of ours as it stands in a page."""
        return self._prefix + address

    def whole(self, page: Page) -> str:
        """Where somebody in a frame goes on outside it."""
        return self.settings.prefix + self.addresses.of(page.conversation)

    def file(self, name: str) -> str:
        return self.settings.prefix + self.static.address(name)

    def title(self, heading: str) -> str:
        """What a page is called where it stands among others."""
        name = self.core.welcome_title
        return name if heading == name else self.texts.page_title.text(pagina=heading, naam=name)

    def carried(self, request: Request) -> Conversation:
        """The answers that a page outside the conversation got to hold on to."""
        return replace(self.addresses.carried(read_query(request)), at=WELCOME)

    def origin(self, request: Request) -> str:
        """The start of full addresses, without a slash at the end; it may be empty."""
        if self.settings.public_url:
            return self.settings.public_url
        host = request.headers.get("host", "")
        return f"{request.scope['scheme']}://{host}" if _HOST.fullmatch(host) else ""

    def card(self, name: str) -> tuple[str, str] | None:
        """The address and the description of a picture; that of the start for one without."""
        found = (file for file in (f"{name}.png", "start.png") if file in self._cards)
        file = next(found, None)
        return (self.static.address(file), self._cards[file]) if file else None

    def choice(self, conversation: Conversation, choice: Choice, *, main: bool = False) -> LinkTo:
        return LinkTo(choice.label, self.link(conversation, choice.event), main)

    def link(self, conversation: Conversation, event: Event) -> str:
        """Where a link leads that means ``event``."""
        return self.href(self.addresses.after(conversation, event))

    def carrying(self, path: str, conversation: Conversation) -> str:
        """A page outside the conversation, from which one can come back to it."""
        return self.href(self.addresses.carrying(path, conversation))

    def home(self, conversation: Conversation) -> str:
        return self.carrying("/", conversation)

    def simple(self, conversation: Conversation) -> list[LinkTo]:
        """The page in simple words, if the content has one."""
        topic = simple(self.flow.content)
        if topic is None:
            return []
        path = as_path(self.flow.content, topic)
        return [LinkTo(self.core.topics[SIMPLE], self.carrying(path, conversation))]

    def footer(self, conversation: Conversation) -> list[LinkTo]:
        """The pages that can be reached from everywhere."""
        core, texts = self.core, self.texts
        pages = [
            (texts.questions_title, QUESTIONS),
            (core.button_topics, PAGES[Topics()]),
            (core.button_examples, PAGES[Examples()]),
            (core.button_reading, PAGES[Reading()]),
            (core.help_title, PAGES[Help()]),
            (core.button_privacy, PAGES[Privacy()]),
            (core.button_about, PAGES[About()]),
            (texts.accessibility_title, ACCESSIBILITY),
            (texts.sharing_title, SHARING),
        ]
        links = [LinkTo(label, self.carrying(path, conversation)) for label, path in pages]
        return [*self.simple(conversation), *links]
