"""Collect what rows of CORDIS only name (projects, topics, programmes, fields), to be said at the end.

Several tables tell of one project, and each may come alone or in any order. A name that stands in another
table, or in none, is found when all have been read; of two names the first in the alphabet is taken, so
that the order of the files changes nothing.
"""

from collections.abc import Sequence

from graph.terms import text
from loaders.cordis_words import part_key, programme_word, programmes
from loaders.feed import Feed
from loaders.science_fields import ScienceFields
from loaders.source import Facts
from loaders.values import key
from ontology import names as n


class Named:
    """Names that rows mention; the methods that return True are the last check of a row, which holds."""

    def __init__(self) -> None:
        self.fields = ScienceFields.reviewed()
        self._told: set[str] = set()  # projects with a row of their own
        self._projects: dict[str, str] = {}  # id -> acronym
        self._topics: dict[str, tuple[str, str]] = {}  # key -> code, title
        self._parts: dict[str, tuple[str, str]] = {}
        self._used: dict[str, set[str]] = {"project": set(), "topic": set(), "part": set(), "field": set()}
        self._programmes: set[str] = set()

    def project(self, number: str, acronym: str = "") -> str:
        """Take a project's number and acronym; return its key."""
        if not (number.isascii() and number.isdigit()):
            raise ValueError("a project's number, made of digits only, was expected")
        before = self._projects.get(number)
        if before is None or (acronym and acronym < (before or "\U0010ffff")):
            self._projects[number] = acronym
        return number

    def topic(self, code: str, title: str = "") -> str:
        """Take a topic's code and title; return its key."""
        return _take(self._topics, key(code), code, title)

    def part(self, code: str, title: str = "") -> str:
        """Take the code and title of a part of a programme; return its key."""
        return _take(self._parts, part_key(code), code, title)

    def field(self, path: str, code: str) -> str:
        """Take a field's path and code; return its key."""
        return self.fields.find(path, code).key

    def row_of_project(self, number: str) -> bool:
        """Note that a project has a row of its own; always true."""
        self._told.add(number)
        return True

    def use_project(self, number: str) -> bool:
        """Note that a row that is kept names a project; always true."""
        self._used["project"].add(number)
        return True

    def use(self, kind: str, keys: str | Sequence[str]) -> bool:
        """Note that a row that is kept leads to topics, parts or fields; always true."""
        self._used[kind].update([keys] if isinstance(keys, str) else keys)
        return True

    def use_programme(self, word: str) -> bool:
        """Note that a row that is kept leads to a framework programme; always true."""
        self._programmes.add(word)
        return True

    def say(self, feed: Feed) -> None:
        """Say what was named, in the order of the keys."""
        for number in sorted(self._used["project"] - self._told, key=lambda each: (len(each), each)):
            feed.say(lambda facts, number=number: self._project(facts, number))  # type: ignore[misc]  # bound at once
        feed.say(self._say_topics)
        feed.say(self._say_parts)
        feed.say(self._say_programmes)
        feed.say(self._say_fields)

    def _project(self, facts: Facts, number: str) -> None:
        project = facts.iris.thing("project", f"cordis.{number}")
        facts.a(project, n.Project)
        facts.add(project, n.prefLabel, text(self._projects[number] or f"CORDIS {number}", "en"))
        facts.add(project, n.identifier, text(number))

    def _say_topics(self, facts: Facts) -> None:
        for topic in sorted(self._used["topic"]):
            code, title = self._topics[topic]
            concept = facts.iris.thing("cordis-topic", topic)
            facts.a(concept, n.Concept)
            facts.add(concept, n.notation, text(code))
            facts.add(concept, n.prefLabel, text(title or code, "en"))

    def _say_parts(self, facts: Facts) -> None:
        for part in sorted(self._used["part"]):
            code, title = self._parts[part]
            programme = facts.iris.thing("programme", part)
            facts.a(programme, n.Programme)
            facts.add(programme, n.identifier, text(code))
            facts.add(programme, n.prefLabel, text(title or code, "en"))
            if word := programme_word("", code):
                self._programmes.add(word)
                facts.add(programme, n.isPartOf, facts.iris.thing("programme", programmes()[word][0]))

    def _say_programmes(self, facts: Facts) -> None:
        """Describe the framework programmes that were named, but for the one that the seeds describe."""
        for word in sorted(self._programmes - {"H2020"}):
            slug, swedish, english = programmes()[word]
            programme = facts.iris.thing("programme", slug)
            facts.a(programme, n.Programme)
            facts.add(programme, n.prefLabel, text(swedish, "sv"))
            facts.add(programme, n.prefLabel, text(english, "en"))

    def _say_fields(self, facts: Facts) -> None:
        used = self._used["field"]
        wanted = {
            above.key for each in self.fields if each.key in used for above in self.fields.upwards(each)
        }
        for field in self.fields:
            if field.key in wanted:
                field.tell(facts)


def _take(into: dict[str, tuple[str, str]], found: str, code: str, title: str) -> str:
    """Note a code and its title, of two the first in the alphabet, none behind all; return the key."""
    before = into.get(found)
    if before is None:
        into[found] = code, title
    elif before != (code, title):
        titles = [each for each in (before[1], title) if each]
        into[found] = min(before[0], code), min(titles, default="")
    return found
