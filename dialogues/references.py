"""Checks across the files: does everything that is named exist, and can every rule be used?"""

from collections.abc import Iterable, Mapping

from dialogues.content import PARTLY, UNKNOWN, Conditions, Content, Example, Question, topic_of
from dialogues.intents import COMMANDS
from dialogues.problems import Problems
from dialogues.spelling import bare
from dialogues.state import PAGES
from dialogues.yaml_source import Word


def check_references(content: Content, problems: Problems) -> None:
    """Report every problem that only shows when the files are read together."""
    _References(content, problems).check()


class _References:
    def __init__(self, content: Content, problems: Problems) -> None:
        self.content = content
        self.problems = problems

    def check(self) -> None:
        self._questions()
        self._outcomes()
        self._forms_and_remarks()
        self._topics()
        self._examples()
        self._sources()
        self._words()
        self._phrases()

    def _questions(self) -> None:
        codes: set[str] = set()
        earlier: dict[str, Question] = {}
        for question in self.content.questions.values():
            self._reserved(question.id)
            if question.code in codes:
                self.problems.add(question.code.place, "dubbele_code", woord=question.code)
            codes.add(question.code)
            self._options(question)
            if question.only_if and not earlier:
                self.problems.add(question.id.place, "eerste_vraag_voorwaarde")
            self._conditions(question.only_if, "geen_eerdere_vraag", earlier)
            earlier[question.id] = question
        declared = self.content.questions.declared
        if declared and (len(declared) < 2 or len(self.content.outcomes.declared) < 2):
            self.problems.add(min(word.place for word in declared), "minder_dan_twee")

    def _options(self, question: Question) -> None:
        ids = [option.id for option in question.options]
        if UNKNOWN not in ids:
            self.problems.add(question.id.place, "geen_weet_niet")
        letters: set[str] = set()
        for name in ids:
            if name[0] in letters:
                self.problems.add(name.place, "dubbele_letter", woord=name[0])
            letters.add(name[0])

    def _outcomes(self) -> None:
        outcomes = list(self.content.outcomes.values())
        for number, outcome in enumerate(outcomes, start=1):
            self._reserved(outcome.id)
            place = outcome.id.place
            if outcome.id in self.content.questions:
                self.problems.add(place, "dubbele_id", woord=outcome.id)
            last = number == len(outcomes)
            if outcome.all_of and outcome.any_of:
                self.problems.add(place, "twee_regels")
            if last and (outcome.all_of or outcome.any_of) and not self.content.outcomes.unread:
                self.problems.add(place, "laatste_met_regel")
            if not last and not (outcome.all_of or outcome.any_of):
                self.problems.add(place, "geen_regel")
            if outcome.direct and not outcome.any_of:
                self.problems.add(place, "direct_zonder_een_van")
            for rule in (outcome.all_of, outcome.any_of):
                self._conditions(rule, "onbekende_vraag", self.content.questions)
            if outcome.term:
                self._exists(outcome.term, "onbekend_begrip", self.content.terms.declared)

    def _forms_and_remarks(self) -> None:
        for form in self.content.forms.values():
            if form.id in self.content.terms:
                self.problems.add(form.id.place, "dubbel_begrip", woord=form.id)
            for name in form.fails:
                # What an unread outcome would do with this question is not known.
                if not self.content.outcomes.unread:
                    self._exists(name, "faalt_niet", self.content.knockouts)
            self._conditions(form.when, "onbekende_vraag", self.content.questions)
        for remark in self.content.remarks.values():
            for name in remark.outcomes:
                self._exists(name, "onbekende_uitkomst", self.content.outcomes.declared)
            self._conditions(remark.when, "onbekende_vraag", self.content.questions)

    def _topics(self) -> None:
        topics = self.content.texts.topics
        found = {topic_of(term) for term in self.content.terms.values()}
        for term in self.content.terms.values():
            if topic_of(term) not in topics:
                self.problems.add(term.id.place, "onbekend_onderwerp", woord=topic_of(term))
            for name in term.see_also:
                self._exists(name, "onbekende_verwijzing", self._explained())
        if not self.content.terms.unread:
            for topic in topics.keys() - found:
                self.problems.add(topic.place, "leeg_onderwerp", woord=topic)

    def _examples(self) -> None:
        groups = {*self.content.texts.fields, *self.content.outcomes}
        for example in self.content.examples.values():
            place = example.id.place
            if example.id in self.content.terms or example.id in self.content.forms:
                self.problems.add(place, "dubbel_begrip", woord=example.id)
            if example.id in groups:
                self.problems.add(place, "id_van_groep", woord=example.id)
            if bool(example.sources) == example.invented:
                self.problems.add(place, "voorbeeld_een_herkomst")
            self._example(example)

    def _example(self, example: Example) -> None:
        content = self.content
        self._exists(example.field, "onbekend_veld_voorbeeld", content.texts.fields)
        self._exists(example.country, "onbekend_land", content.texts.countries)
        self._exists(example.outcome, "onbekende_uitkomst", content.outcomes.declared)
        if example.resembles:
            self._exists(example.resembles, "onbekende_vorm", content.forms.declared)
        answers = tuple((name, (answer,)) for name, answer in example.answers.items())
        self._conditions(answers, "onbekende_vraag", content.questions)
        for variant in example.variants:
            self._exists(variant.example, "onbekend_voorbeeld", content.examples.declared)

    def _explained(self) -> set[Word]:
        content = self.content
        return content.terms.declared | content.forms.declared | content.examples.declared

    def _sources(self) -> None:
        content = self.content
        named = [
            *(name for question in content.questions.values() for name in question.sources),
            *(name for outcome in content.outcomes.values() for name in outcome.reading),
            *(name for form in content.forms.values() for name in form.sources),
            *(name for remark in content.remarks.values() for name in remark.sources),
            *(name for term in content.terms.values() for name in term.sources),
            *(name for example in content.examples.values() for name in example.sources),
        ]
        for name in named:
            self._exists(name, "onbekende_bron", content.references.declared)

    def _words(self) -> None:
        words = self.content.words
        options = {
            option.id for question in self.content.questions.values() for option in question.options
        }
        for name in (*words.answers, *words.replies):
            if not self.content.questions.unread:
                self._exists(name, "onbekend_antwoordwoord", {*options, PARTLY})
        for name in words.commands:
            self._exists(name, "onbekende_opdracht", COMMANDS)
        for name in words.fields:
            self._exists(name, "onbekend_veld_voorbeeld", self.content.texts.fields)
        for missing in COMMANDS.keys() - words.commands.keys():
            place = next((name.place for name in words.commands), None)
            if place is not None:
                self.problems.add(place, "ontbrekende_opdracht", woord=missing)
        for table in (words.answers, words.replies, words.fields, words.commands):
            self._bare(table)
        home: dict[str, Word] = {}
        for name, phrases in (*words.answers.items(), *words.commands.items()):
            for phrase in phrases:
                if home.setdefault(phrase, name) is not name:
                    self.problems.add(name.place, "dubbel_woord", woord=phrase, ander=home[phrase])

    def _bare(self, table: Mapping[Word, tuple[str, ...]]) -> None:
        """A phrase is compared with what is typed in its bare form, so it must be in that form."""
        for name, phrases in table.items():
            for phrase in phrases:
                if bare(phrase) != phrase:
                    self.problems.add(
                        name.place, "woord_niet_kaal", woord=phrase, kaal=bare(phrase)
                    )

    def _phrases(self) -> None:
        """A phrase of two terms, or one that is an answer or command, would never be found."""
        words = self.content.words
        taken: dict[str, Word] = {
            phrase: name
            for name, phrases in (*words.answers.items(), *words.commands.items())
            for phrase in phrases
        }
        named = [
            *((term.id, term.also) for term in self.content.terms.values()),
            *((form.id, form.also) for form in self.content.forms.values()),
            *((example.id, example.also) for example in self.content.examples.values()),
        ]
        for name, phrases in named:
            for phrase in {bare(phrase) for phrase in phrases}:
                if phrase in taken:
                    other = taken[phrase]
                    self.problems.add(name.place, "dubbel_woord", woord=phrase, ander=other)
                taken[phrase] = name

    def _conditions(
        self, conditions: Conditions, key: str, questions: "dict[str, Question]"
    ) -> None:
        known = {*questions, *self.content.questions.unread}
        for name, answers in conditions:
            self._exists(name, key, known)
            if name not in questions:
                continue
            options = [option.id for option in questions[name].options]
            for answer in answers:
                if answer not in options:
                    self.problems.add_unknown(
                        answer.place, "onbekend_antwoord", answer, options, vraag=name
                    )

    def _exists(self, name: Word, key: str, known: Iterable[str]) -> None:
        if name not in set(known):
            self.problems.add_unknown(name.place, key, name, known)

    def _reserved(self, name: Word) -> None:
        if name in PAGES:
            self.problems.add(name.place, "naam_bezet", woord=name)
