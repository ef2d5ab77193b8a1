"""Passing a page on, by link, e-mail or an app, and only when a person asks for it."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from bot.web.guard import EMBEDDED
from bot.web.site import SHARING, Page, Site
from dialogues.events import Ask
from dialogues.flow import WELCOME
from dialogues.state import NEW, Conversation, place_of

# Of its own height a frame has 150 pixels, and then a question does not fit.
_HEIGHT = 720


@dataclass(frozen=True, slots=True)
class Sharing:
    """A full address, and links that pass it on."""

    address: str
    mail: str
    whatsapp: str
    telegram: str


def sharing(site: Site, heading: str, address: str) -> Sharing:
    """The ways to pass on the page with this heading at a full address."""
    title = site.title(heading)
    link, said = quote(address, safe=""), quote(title, safe="")
    return Sharing(
        address,
        mail=f"mailto:?subject={said}&body={link}",
        whatsapp=f"https://wa.me/?text={said}%20{link}",
        telegram=f"https://t.me/share/url?url={link}&text={said}",
    )


def shared_page(
    site: Site, request: Request, conversation: Conversation, heading: str
) -> Sharing | None:
    """How to pass on the start, or what is explained; None for a page on which that is neither.

    An explanation is the same for everybody, so its address has no answers and no campaign.
    """
    about, origin = conversation.about, site.origin(request)
    at_start = about is None and place_of(site.flow, conversation) == WELCOME
    if not origin or not (at_start or isinstance(about, Ask)):
        return None
    return sharing(site, heading, origin + site.addresses.of(replace(NEW, about=about)))


class SharingPage:
    """How to pass on the whole check, and how to show it on another site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def respond(self, request: Request) -> Response:
        site, origin = self._site, self._site.origin(request)
        title = site.texts.sharing_title
        return site.page(
            request,
            "sharing.html",
            Page(title, site.carried(request), address=SHARING),
            sharing=sharing(site, site.core.welcome_title, f"{origin}/"),
            snippet=self._snippet(origin) if site.settings.frame_ancestors else "",
        )

    def _snippet(self, origin: str) -> str:
        snippet = Markup(
            '<iframe src="{}{}" title="{}" width="100%" height="{}" loading="lazy" '
            'allow="clipboard-write"></iframe>'
        ).format(origin, EMBEDDED, self._site.core.welcome_title, _HEIGHT)
        # It is shown as text.
        return str(snippet)
