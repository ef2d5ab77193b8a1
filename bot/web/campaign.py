"""The address of a campaign: what it begins with, under its own line."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from bot.campaigns.campaigns import Campaigns
from bot.counts.tally import Tally
from bot.dates import today
from bot.web.forms import read_query
from bot.web.looking import is_looked_at
from bot.web.pages import Opening, Pages
from bot.web.site import NOT_STORED, Site
from dialogues.conversation import handle
from dialogues.state import NEW


class CampaignPages:
    def __init__(self, site: Site, pages: Pages, campaigns: Campaigns, tally: Tally) -> None:
        self._site = site
        self._pages = pages
        self._campaigns = campaigns
        self._tally = tally

    async def respond(self, request: Request) -> Response:
        """The page of the campaign in the path; for a path of none, the ordinary start."""
        read_query(request)
        path: str = request.scope["path"]
        # Who types it from a poster may begin it with a capital.
        campaign = self._campaigns.named(request.path_params["code"].strip("/").lower())
        if campaign is None or campaign.path != path:
            return self._site.redirect(campaign.path if campaign else "/")
        came, event = replace(NEW, origin=campaign.mark), self._campaigns.event(campaign)
        conversation, turn = handle(self._site.flow, came, event)
        if is_looked_at(request):
            await self._tally.turn(came, event, conversation, started=True)
        opening = Opening(
            conversation,
            turn,
            campaign.path,
            said=campaign.said(today()),
            colour=campaign.colour,
        )
        response = self._pages.page(request, opening)
        # What is kept on the way is not counted, and it would go on after the last day.
        response.headers.update(NOT_STORED)
        return response
