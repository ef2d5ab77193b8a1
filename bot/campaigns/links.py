"""The addresses that lead into the conversation from outside: on the web and in Telegram."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.address import Addresses
from bot.campaigns.campaigns import Campaign
from bot.explained_address import as_path
from bot.settings import Environment, public_url, telegram_name
from dialogues.content import Content
from dialogues.entries import entries, entry, simple
from dialogues.flow import Flow
from dialogues.state import NEW


@dataclass(frozen=True, slots=True)
class Link:
    """``shown``: the address as people type it."""

    channel: Literal["web", "telegram"]
    address: str

    @property
    def shown(self) -> str:
        return self.address.removeprefix("https://")


class NoAddress(Exception):
    """Neither the address of the pages nor the name of the bot is set, so nothing has a link."""


class Links:
    """Makes the links of one service. What it does not have gets no link."""

    def __init__(self, public_url: str, telegram_name: str) -> None:
        """Raises NoAddress."""
        if not public_url and not telegram_name:
            raise NoAddress
        self._public_url = public_url
        self._telegram_name = telegram_name

    def of(self, campaign: Campaign) -> tuple[Link, ...]:
        return self._both(campaign.path, campaign.payload)

    def simple(self, content: Content) -> Link | None:
        """The page in simple words; None where there is none."""
        topic = simple(content)
        if topic is None or not self._public_url:
            return None
        return Link("web", f"{self._public_url}{as_path(content, topic)}")

    def entries(self, flow: Flow) -> Iterator[tuple[str, tuple[Link, ...]]]:
        """The name of each term, form, example and outcome, with its own links."""
        addresses = Addresses(flow)
        for name in entries(flow.content):
            event = entry(flow.content, name)
            assert event is not None  # noqa: S101 every name opens something
            yield name, self._both(addresses.after(NEW, event), name)

    def _both(self, path: str, payload: str) -> tuple[Link, ...]:
        links: list[Link] = []
        if self._public_url:
            links.append(Link("web", f"{self._public_url}{path}"))
        if self._telegram_name:
            address = f"https://t.me/{self._telegram_name}?start={payload}"
            links.append(Link("telegram", address))
        return tuple(links)


def links_of(environment: Environment) -> Links:
    """Raises NoAddress, and WrongSetting."""
    return Links(public_url(environment), telegram_name(environment))
