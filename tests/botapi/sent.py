"""What people send, as the server passes it on to a bot."""

import itertools
import re

from tests.botapi.entities import Entity, utf16_length
from tests.botapi.parameters import Json
from tests.botapi.rules import MAX_TEXT

_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?")
_numbers = itertools.count(1)


def _file(kind: str, size: int) -> Json:
    number = next(_numbers)
    return {
        "file_id": f"{kind}-{number}",
        "file_unique_id": f"unique-{number}",
        "file_size": size,
    }


def written(text: str) -> Json:
    """Build a text, with its commands marked.

    Raises ValueError for a text that an app would not send in one message.
    """
    line = text.strip()
    if not 1 <= utf16_length(line) <= MAX_TEXT:
        raise ValueError("apps send texts of 1 to 4096 characters only")
    commands: list[Entity] = [
        {
            "type": "bot_command",
            "offset": utf16_length(line[: found.start()]),
            "length": utf16_length(found[0]),
        }
        for found in _COMMAND.finditer(line)
    ]
    return {"text": line} | ({"entities": commands} if commands else {})


def photo() -> Json:
    """Build a photo in two sizes."""
    sizes = [_file("photo", edge * edge) | {"width": edge, "height": edge} for edge in (90, 800)]
    return {"photo": sizes}


def voice() -> Json:
    """Build a voice message of three seconds."""
    return {"voice": _file("voice", 9_000) | {"duration": 3, "mime_type": "audio/ogg"}}


def sticker() -> Json:
    """Build a plain sticker."""
    kind = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
    return {"sticker": _file("sticker", 20_000) | {"width": 512, "height": 512} | kind}


def location() -> Json:
    """Build a place in Utrecht."""
    return {"location": {"latitude": 52.0907, "longitude": 5.1214}}


def contact() -> Json:
    """Build a business card without an account."""
    return {"contact": {"phone_number": "+31600000000", "first_name": "Piet"}}


def poll() -> Json:
    """Build an open poll with two options."""
    number = next(_numbers)
    options = [
        {"persistent_id": f"{number}-{text}", "text": text, "voter_count": 0}
        for text in ("Ja", "Nee")
    ]
    return {
        "poll": {
            "id": f"poll-{number}",
            "question": "Doet u mee?",
            "options": options,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    }
