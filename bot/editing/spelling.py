"""Spelling, by the program ``hunspell`` and the word list of the project."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from dialogues.language import Text, words
from dialogues.problems import Place, Problems

WORD_LIST = "woordenlijst.txt"
_LANGUAGE = "nl_NL"


class NoDictionary(Exception):
    """The program hunspell or its Dutch dictionary is not on this machine."""


def misspelled(words: Iterable[str]) -> frozenset[str]:
    """The words that are not in the Dutch dictionary. Raises NoDictionary."""
    program = shutil.which("hunspell")
    if program is None:
        raise NoDictionary
    # The locale of the machine may not be UTF-8, and then every "é" would end a word.
    done = subprocess.run(  # noqa: S603 no shell, and the words go in through a pipe
        [program, "-d", _LANGUAGE, "-i", "utf-8", "-l"],
        input="\n".join(words).encode(),
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
    )
    if done.returncode:
        raise NoDictionary
    return frozenset(done.stdout.decode().splitlines())


def check_spelling(texts: Iterable[Text], folder: Path, problems: Problems) -> None:
    """Report words that are neither in the dictionary nor in the list. Raises NoDictionary."""
    found = [(text, word) for text in texts for word in spelled_words(text)]
    unknown = misspelled({word for _, word in found})
    listed = word_list(folder, problems)
    for text, word in found:
        # At the start of a sentence a word of the list has a capital.
        if word in unknown and listed.isdisjoint({word, word[0].lower() + word[1:]}):
            problems.add(text.place_of(word), "spelling", woord=word)


def spelled_words(text: Text) -> Iterable[str]:
    """The words of a text of more than one letter: "'s" and "t" come loose from "'s avonds"."""
    return [word for word in words(text.own) if len(word) > 1]


def word_list(folder: Path, problems: Problems) -> frozenset[str]:
    """The words that the project spells in this way, though the dictionary does not know them."""
    try:
        text = (folder / WORD_LIST).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.add(Place(f"{folder.name}/{WORD_LIST}"), "bestand_ontbreekt")
    except UnicodeDecodeError:
        problems.add(Place(f"{folder.name}/{WORD_LIST}"), "geen_utf8")
    else:
        return frozenset(text.split())
    return frozenset()
