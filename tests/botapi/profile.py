"""The methods that say who the bot is: commands, names, descriptions, menu button."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.botapi import rules
from tests.botapi.chats import Chats
from tests.botapi.methods import Method, method
from tests.botapi.parameters import Json, Params
from tests.botapi.rules import bad_request

_PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


@dataclass
class ProfileMethods:
    """Keeps the profile per language, and the commands per scope and language."""

    state: Chats
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)

    def table(self) -> dict[str, Method]:
        """Return the methods by name."""
        table = {
            "getMe": method(lambda _: self._me()),
            "setMyCommands": method(self._set_commands, "commands scope language_code"),
            "getMyCommands": method(self._get_commands, "scope language_code"),
            "deleteMyCommands": method(self._delete_commands, "scope language_code"),
            "setChatMenuButton": method(self._set_menu_button, "chat_id menu_button"),
            "getChatMenuButton": method(self._get_menu_button, "chat_id"),
        }
        for title, name, limit in (
            ("Name", "name", 64),
            ("Description", "description", 512),
            ("ShortDescription", "short_description", 120),
        ):
            setter, getter = self._text_methods(name, limit)
            table[f"setMy{title}"] = method(setter, f"{name} language_code")
            table[f"getMy{title}"] = method(getter, "language_code")
        return table

    def _me(self) -> Json:
        return self.state.bot | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def _set_commands(self, params: Params) -> bool:
        commands = rules.commands(params)
        self.commands[_scope(params), rules.language_code(params)] = commands
        return True

    def _get_commands(self, params: Params) -> list[Json]:
        return self.commands.get((_scope(params), rules.language_code(params)), [])

    def _delete_commands(self, params: Params) -> bool:
        self.commands.pop((_scope(params), rules.language_code(params)), None)
        return True

    def _text_methods(
        self, name: str, limit: int
    ) -> tuple[Callable[[Params], bool], Callable[[Params], Json]]:
        def setter(params: Params) -> bool:
            text = rules.text_of(params, name)
            if len(text) > limit:
                raise bad_request(f"{name.replace('_', ' ')} is too long")
            self.texts[name, rules.language_code(params)] = text
            return True

        def getter(params: Params) -> Json:
            fallback = self.state.bot["first_name"] if name == "name" else ""
            return {name: self.texts.get((name, rules.language_code(params))) or fallback}

        return setter, getter

    def _set_menu_button(self, params: Params) -> bool:
        button = params.get("menu_button") or {"type": "default"}
        if not isinstance(button, dict):
            raise bad_request("can't parse menu button: MenuButton must be an Object")
        if button.get("type") not in {"default", "commands", "web_app"}:
            raise bad_request("can't parse menu button: MenuButton has unsupported type")
        self.menu_buttons[self._menu_chat(params)] = button
        return True

    def _get_menu_button(self, params: Params) -> Json:
        chat_id = self._menu_chat(params)
        fallback = {"type": "commands" if chat_id is None else "default"}
        return self.menu_buttons.get(chat_id, fallback)

    def _menu_chat(self, params: Params) -> int | None:
        if "chat_id" not in params:
            return None
        return int(self.state.chat_for_bot(params["chat_id"]).json["id"])


def _scope(params: Params) -> str:
    scope = params.get("scope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope JSON object")
    kind = scope.get("type")
    if kind not in _PLAIN_SCOPES | _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if kind in _CHAT_SCOPES and not scope.get("chat_id"):
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    return json.dumps(scope, sort_keys=True)
