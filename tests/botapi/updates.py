"""The methods that bring updates to the bot: getUpdates and the webhook settings."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.botapi import rules
from tests.botapi.chats import Chats
from tests.botapi.methods import Method, method
from tests.botapi.parameters import Json, Params
from tests.botapi.rules import RefusedError, bad_request

# Without a list of its own a bot gets everything but these.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_KNOWN = _ON_REQUEST | {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
}
MAX_POLL_SECONDS = 50
_WEBHOOK_PORTS = {80, 88, 443, 8443}


def conflict(reason: str) -> RefusedError:
    """Build the refusal of a second receiver (409)."""
    return RefusedError(409, f"Conflict: {reason}")


@dataclass
class UpdateMethods:
    """Hands out updates at once; waiting for them is up to the caller."""

    state: Chats

    def table(self) -> dict[str, Method]:
        """Return the methods by name."""
        return {
            "getUpdates": method(self._get_updates, "offset limit timeout allowed_updates"),
            "setWebhook": method(
                self._set_webhook,
                "url ip_address max_connections allowed_updates drop_pending_updates secret_token",
            ),
            "deleteWebhook": method(self._delete_webhook, "drop_pending_updates"),
            "getWebhookInfo": method(lambda _: self._webhook_info()),
        }

    def _get_updates(self, params: Params) -> list[Json]:
        if self.state.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self._remember_allowed(params)
        offset = rules.integer(params, "offset")
        if offset:
            self.state.confirm(offset)
        return self.state.pending(min(max(rules.integer(params, "limit", 100), 1), 100))

    def _remember_allowed(self, params: Params) -> None:
        if "allowed_updates" not in params:
            return
        wanted = params["allowed_updates"]
        if not isinstance(wanted, list):
            raise bad_request("can't parse allowed_updates JSON array")
        unknown = set(wanted) - _KNOWN
        if unknown:
            self.state.violations.append(f"unknown update types: {sorted(unknown)}")
        self.state.allowed_updates = frozenset(wanted) or (_KNOWN - _ON_REQUEST)

    def _set_webhook(self, params: Params) -> bool:
        url = rules.text_of(params, "url")
        if not url:
            return self._delete_webhook(params)
        if not url.startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if (urlsplit(url).port or 443) not in _WEBHOOK_PORTS:
            reason = "Webhook can be set up only on ports 80, 88, 443 or 8443"
            raise bad_request(f"bad webhook: {reason}")
        secret = rules.text_of(params, "secret_token")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad_request("secret token contains unallowed characters")
        self._remember_allowed(params)
        if params.get("drop_pending_updates"):
            self.state.drop_updates()
        self.state.webhook = {
            "url": url,
            "secret_token": secret,
            "max_connections": min(max(rules.integer(params, "max_connections", 40), 1), 100),
        }
        self.state.webhook_error = {}
        self.state.wake()
        return True

    def _delete_webhook(self, params: Params) -> bool:
        if params.get("drop_pending_updates"):
            self.state.drop_updates()
        self.state.webhook = None
        self.state.wake()
        return True

    def _webhook_info(self) -> Json:
        info: Json = {
            "url": "",
            "has_custom_certificate": False,
            "pending_update_count": self.state.pending_count,
        }
        if self.state.webhook:
            info["url"] = self.state.webhook["url"]
            info["max_connections"] = self.state.webhook["max_connections"]
            info |= self.state.webhook_error
        if self.state.allowed_updates is not None:
            info["allowed_updates"] = sorted(self.state.allowed_updates)
        return info
