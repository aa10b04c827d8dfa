"""Take a SPARQL update apart into its operations; the engine parses what stands inside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.guard import Refused, place
from api.sparql_tokens import Token

MANAGEMENT = ("CLEAR", "DROP", "CREATE", "ADD", "COPY", "MOVE")
ALL, DEFAULT, NAMED = "ALL", "DEFAULT", "NAMED"


@dataclass(frozen=True)
class Template:
    """A block of quads with braces; its variables are tokens that begin at `at` plus their place in it."""

    text: str
    at: int = 0
    variables: tuple[Token, ...] = ()

    def marked(self, mark: str) -> str:
        """Return the block as data: for each variable an IRI that begins with a mark."""
        found, done = "", 0
        for token in self.variables:
            begin = token.at - self.at
            found += f"{self.text[done:begin]}<{mark}{token.text[1:]}>"
            done = begin + len(token.text)
        return found + self.text[done:]


NOTHING = Template("{ }")


@dataclass(frozen=True)
class Data:
    """INSERT DATA or DELETE DATA; the block is its text with braces."""

    prologue: str
    insert: bool
    block: str


@dataclass(frozen=True)
class Modify:
    """DELETE and INSERT with a WHERE: templates, the pattern and the graphs as text."""

    prologue: str
    gone: Template
    come: Template
    where: str
    graph: str | None = None
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()

    @property
    def names_graphs(self) -> bool:
        """Whether the text itself says which graphs are read."""
        return bool(self.graph or self.using or self.using_named)


@dataclass(frozen=True)
class Manage:
    """CLEAR, DROP, CREATE, ADD, COPY or MOVE; a graph is an IRI's text, or ALL, DEFAULT, NAMED."""

    prologue: str
    verb: str
    silent: bool
    graph: str
    target: str | None = None


Operation = Data | Modify | Manage


def operations(text: str, tokens: Sequence[Token]) -> list[Operation]:
    """Return the operations of an update that the engine can parse, in order."""
    reader = _Reader(text, tokens)
    return list(reader.operations())


def one_prologue(tokens: Sequence[Token]) -> bool:
    """Tell whether prefixes stand at the beginning only: others the engine does not know."""
    return not any(
        before.text == ";" and token.word in ("PREFIX", "BASE") for before, token in pairwise(tokens)
    )


class _Reader:
    """Reads tokens one after another."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text, self._tokens, self._at = text, tokens, 0

    def operations(self) -> Iterator[Operation]:
        prologue = ""
        while self._at < len(self._tokens):
            prologue += self._prologue()
            if self._word() in MANAGEMENT:
                yield self._manage(prologue)
            elif self._at < len(self._tokens) and self._sign() != ";":
                yield self._change(prologue)
            if self._at < len(self._tokens):
                self._expect(";")

    def _prologue(self) -> str:
        found = ""
        while self._word() in ("PREFIX", "BASE", "VERSION"):
            begin = self._at
            self._at += 3 if self._word() == "PREFIX" else 2
            found += " ".join(token.text for token in self._tokens[begin : self._at]) + "\n"
        return found

    def _change(self, prologue: str) -> Operation:
        graph = self._iri() if self._take("WITH") else None
        gone = come = NOTHING
        if self._take("DELETE"):
            if self._take("DATA"):
                return Data(prologue, False, self._block().text)
            if self._take("WHERE"):
                gone = self._block()
                return Modify(prologue, gone, NOTHING, gone.text)
            gone = self._block()
        if self._take("INSERT"):
            if self._take("DATA"):
                return Data(prologue, True, self._block().text)
            come = self._block()
        using, named = self._using()
        if not self._take("WHERE"):
            raise self._unexpected("WHERE")
        return Modify(prologue, gone, come, self._block().text, graph, using, named)

    def _using(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        default, named = list[str](), list[str]()
        while self._take("USING"):
            into = named if self._take("NAMED") else default
            into.append(self._iri())
        return tuple(default), tuple(named)

    def _manage(self, prologue: str) -> Manage:
        verb = self._word()
        self._at += 1
        silent = self._take("SILENT")
        graph = self._graph()
        target = self._graph() if self._take("TO") else None
        return Manage(prologue, verb, silent, graph, target)

    def _graph(self) -> str:
        if self._word() in (ALL, DEFAULT, NAMED):
            self._at += 1
            return self._tokens[self._at - 1].word
        self._take("GRAPH")
        return self._iri()

    def _iri(self) -> str:
        if self._at >= len(self._tokens):
            raise self._unexpected("a graph's IRI")
        self._at += 1
        return self._tokens[self._at - 1].text

    def _block(self) -> Template:
        """Return what stands from a brace to the one that closes it, comments and all."""
        begin, depth = self._at, 0
        while self._at < len(self._tokens):
            sign = self._sign()
            depth += (sign == "{") - (sign == "}")
            self._at += 1
            if depth == 0:
                return self._template(self._tokens[begin : self._at])
        raise self._unexpected("}")

    def _template(self, tokens: Sequence[Token]) -> Template:
        begin, end = tokens[0].at, tokens[-1].at + len(tokens[-1].text)
        variables = tuple(token for token in tokens if token.kind == "variable")
        return Template(self._text[begin:end], begin, variables)

    def _word(self) -> str:
        return self._tokens[self._at].word if self._at < len(self._tokens) else ""

    def _sign(self) -> str:
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def _take(self, word: str) -> bool:
        found = self._word() == word
        self._at += found
        return found

    def _expect(self, sign: str) -> None:
        if self._sign() != sign:
            raise self._unexpected(repr(sign))
        self._at += 1

    def _unexpected(self, wanted: str) -> Refused:
        if self._at >= len(self._tokens):
            return Refused(400, f"The update ends where {wanted} was expected.")
        token = self._tokens[self._at]
        return Refused(
            400,
            f"The update cannot be parsed at {place(self._text, token.at)}: found {token.text!r}, "
            f"expected {wanted}.",
        )
