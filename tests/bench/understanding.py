"""What is recognised of the labelled sentences, and how long a message takes."""

import time

from dialogues.flow import Flow
from dialogues.loader import load
from dialogues.state import NEW
from dialogues.understanding import Understanding
from tests.understanding.labelled import ASKED, answered, confused, missed, sentences


def main() -> None:
    understanding = Understanding(Flow(load()))
    print("\nwhat is understood of sentences that were never seen before\n")
    questions, others, said = map(sentences, ("onderwerpen", "buiten", "gesprek"))
    wrong = confused(understanding, questions)
    for name, errors, total in (
        ("right topic", wrong.total(), len(questions)),
        ("recognised as out of scope", len(answered(understanding, others)), len(others)),
        ("replies and commands", len(missed(understanding, said)), len(said)),
    ):
        print(f"{name:<33} {100 * (1 - errors / total):7.1f} % of {total}")
    for (right, taken), count in wrong.most_common():
        print(f"  {right:<12} taken for {taken or 'unknown':<12} {count:>3}")
    for name, conversation in (("no question open", NEW), ("a question open", ASKED)):
        started = time.process_time()
        for sentence in questions:
            understanding.read(sentence.text, conversation)
        spent = 1e6 * (time.process_time() - started) / len(questions)
        print(f"understanding, {name:<18} {spent:8.0f} us per message")


if __name__ == "__main__":
    main()
