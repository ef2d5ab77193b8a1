"""`make docs`: writes anew what is made from the content, which the tests compare."""

from dialogues.flow import Flow
from dialogues.loader import load
from tests.docs.decision_tree import DOCUMENT, document
from tests.docs.examples import refreshed
from tests.docs.markdown import README
from tests.docs.numbers import counted

content = load()
DOCUMENT.write_text(document(Flow(content)), encoding="utf-8")
text = refreshed(README.read_text(encoding="utf-8"))
README.write_text(counted(text, content), encoding="utf-8")
