"""Every kind of page: a name that says which one, and its address.

Of the texts that look alike only some have a name: every question is also on the page of all
questions, and what the other explanations say is tried without a browser.
"""

from dataclasses import replace

from bot.address import Addresses
from dialogues.content import UNKNOWN
from dialogues.events import (
    About,
    Answer,
    Ask,
    Assess,
    Back,
    Change,
    Continue,
    Event,
    Examples,
    Forget,
    Help,
    Partly,
    Privacy,
    Reading,
    Restart,
    ShowOutcome,
    Topics,
)
from dialogues.flow import WELCOME
from dialogues.state import FORGET, NEW, OVERVIEW, STOPPED, Conversation
from tests.made_once import CONTENT, FLOW
from tests.web.campaigns import CHECK, TERM

_ADDRESSES = Addresses(FLOW)
_QUESTIONS = list(CONTENT.questions)
_FIRST, _SECOND, *_ = _QUESTIONS
_FORM = next(iter(CONTENT.forms))
_TERM = next(iter(CONTENT.terms))
_LONGEST = max(CONTENT.terms.values(), key=lambda term: len(str(term.text + term.more))).id
_FIELD = next(iter(CONTENT.texts.fields))
_VARIED = max(CONTENT.examples.values(), key=lambda example: len(example.variants)).id
_DISPUTED = next(example.id for example in CONTENT.examples.values() if example.contested)

ALL_YES = dict.fromkeys(_QUESTIONS, "ja")
_HALFWAY = Conversation(dict.fromkeys(_QUESTIONS[:3], "ja"))
_EARLY = Conversation({_FIRST: "nee"})
OUTCOMES = {
    "volledig": Conversation(ALL_YES),
    "implementatie": Conversation({**ALL_YES, "ontwerp": "nee"}),
    "complementair": Conversation({**ALL_YES, "primair_proces": "nee"}),
    "geen": Conversation({**ALL_YES, "professionals": "nee"}, complete=True),
    "open": Conversation({**ALL_YES, "primair_proces": UNKNOWN}),
}
_EVERYTHING_FAILS = Conversation(dict.fromkeys(_QUESTIONS, "nee"), complete=True)
_NOTHING_KNOWN = Conversation(dict.fromkeys(_QUESTIONS, UNKNOWN))

_AT = {
    "start": NEW,
    "overview": replace(_HALFWAY, at=OVERVIEW),
    "stopped": replace(_HALFWAY, at=STOPPED),
    "forget": replace(_HALFWAY, at=FORGET),
    **{f"question-{name}": Conversation(ALL_YES, name) for name in ("burgers", "doel")},
    **{f"outcome-{name}": conversation for name, conversation in OUTCOMES.items()},
}
_EXPLAINED: dict[str, Event] = {
    "reading": Reading(),
    "privacy": Privacy(),
    "about": About(),
    "help": Help(),
    "topics": Topics(),
    "topic": Topics("participatie"),
    "term": Ask(_TERM),
    "term-in-depth": Ask(_LONGEST, more=True),
    "form": Ask(_FORM),
    "examples": Examples(),
    "examples-of-field": Examples(_FIELD),
    "examples-of-outcome": Examples("geen"),
    "example": Ask(_VARIED),
    "example-in-depth": Ask(_DISPUTED, more=True),
}
# Of these no two are about the same.
PLACES = {
    **{name: _ADDRESSES.of(conversation) for name, conversation in _AT.items()},
    **{name: _ADDRESSES.after(NEW, event) for name, event in _EXPLAINED.items()},
    "all-questions": "/vragen",
    "accessibility": "/toegankelijkheid",
    "sharing": "/delen",
    "not-found": "/bestaat-niet",
}

_OTHER_ANSWERS = {
    "start-with-answers": replace(_HALFWAY, at=WELCOME),
    "overview-without-answers": Conversation(at=OVERVIEW),
    "stopped-with-outcome": replace(_EARLY, at=STOPPED),
    "question-first": Conversation(),
    "outcome-early": _EARLY,
    "outcome-everything-fails": _EVERYTHING_FAILS,
    "outcome-nothing-known": _NOTHING_KNOWN,
}
_REPLIES: dict[str, tuple[Conversation, Event]] = {
    "question-after-answer": (Conversation(), Answer(_FIRST, "ja")),
    "question-with-term": (_HALFWAY, Ask(_TERM)),
    "question-with-term-in-depth": (_HALFWAY, Ask(_LONGEST, more=True)),
    "question-with-example": (_HALFWAY, Ask(_VARIED)),
    "question-with-topics": (_HALFWAY, Topics()),
    "question-to-assess": (NEW, Assess()),
    "question-to-assess-again": (_HALFWAY, Assess()),
    "question-answered-partly": (_HALFWAY, Partly()),
    "question-with-help": (_HALFWAY, Help()),
    "question-with-privacy": (_HALFWAY, Privacy()),
    "question-not-yet-an-outcome": (_HALFWAY, ShowOutcome()),
    "question-that-goes-on": (_EARLY, Continue()),
    "question-to-change": (_HALFWAY, Change(_SECOND)),
    "question-from-the-start": (_HALFWAY, Restart()),
    "outcome-after-answer": (Conversation({**ALL_YES, "ontwerp": "nee"}), Answer("ontwerp", "ja")),
    "outcome-with-term": (OUTCOMES["volledig"], Ask(_TERM)),
    "outcome-with-form": (_EARLY, Ask(_FORM)),
    "outcome-with-examples": (OUTCOMES["volledig"], Examples("volledig")),
    "overview-with-term": (replace(_HALFWAY, at=OVERVIEW), Ask(_TERM)),
    "outcome-with-reading": (_EARLY, Reading()),
    "start-after-forgetting": (_HALFWAY, Forget(confirmed=True)),
    "no-further-back": (NEW, Back()),
}
EVERY = {
    **PLACES,
    **{name: _ADDRESSES.of(conversation) for name, conversation in _OTHER_ANSWERS.items()},
    **{name: _ADDRESSES.after(*asked) for name, asked in _REPLIES.items()},
    "question-outdated": _ADDRESSES.of(_HALFWAY) + "&weg=ja",
    "campaign-with-term": TERM.path,
    "campaign-with-question": CHECK.path,
    "embedded-term": f"/insluiten{PLACES['term']}",
    "embedded-outcome": f"/insluiten{PLACES['outcome-volledig']}",
    "all-questions-with-answers": "/vragen?" + PLACES["outcome-volledig"].partition("?")[2],
}
