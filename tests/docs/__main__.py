"""`make docs`: writes anew what is made from the content, which the tests compare."""

from dialogues.flow import Flow
from dialogues.loader import load
from tests.docs.decision_tree import DOCUMENT, document
from tests.docs.examples import refreshed
from tests.docs.markdown import README

DOCUMENT.write_text(document(Flow(load())), encoding="utf-8")
README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
