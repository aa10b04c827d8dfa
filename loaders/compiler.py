"""Turn a layout and a table's header into the code that maps one row to the text of all its triples.

The code is written as Python source and compiled once a table: per row there are no loops over the mapping,
no look-ups of columns and no objects for terms, only converters and one text. A row that cannot be mapped
raises RecordError before anything of it is kept; a row that repeats another gives None.
"""

from collections.abc import Sequence
from zlib import crc32

from loaders.errors import LayoutError, PersonalData, RecordError
from loaders.mapping import Amount, Check, Field, Layout, Link, RowMapper, Say, Seen, Thing, fields_in
from ontology import names as n

_TYPE = f"<{n.type_}>"


def compile_layout(layout: Layout, columns: Sequence[str], base: str, seen: Seen) -> RowMapper:
    """Return the mapper of rows with these columns; `seen` remembers, from table to table, what was said."""
    writer = _Writer(layout, columns, base)
    code = writer.source()
    scope: dict[str, object] = {
        "seen": seen,
        "RecordError": RecordError,
        "PersonalData": PersonalData,
        **writer.scope,
    }
    exec(compile(code, f"<mapping {layout.kind}>", "exec"), scope)  # noqa: S102  # our own text, from our own declarations
    return scope["row"]  # type: ignore[return-value]  # the function that the text defines


class _Writer:
    """Write the source of one row mapper."""

    def __init__(self, layout: Layout, columns: Sequence[str], base: str) -> None:
        self.layout, self.columns, self.base = layout, list(columns), base
        self.fields = {field.name: field for field in layout.fields}
        self.scope: dict[str, object] = {}
        self.lines: list[str] = []

    def source(self) -> str:
        """Return the text of a function `row(v)`."""
        self._put(0, "def row(v):")
        for field in self.layout.fields:
            self._field(field)
        for number, check in enumerate(self.layout.checks):
            self._check(number, check)
            self.scope[f"holds{number}"] = check.holds
        self._key()
        self._put(1, "out = ''")
        for number, thing in enumerate(self.layout.things):
            self._thing(number, thing)
        self._put(1, "return out")
        return "\n".join(self.lines) + "\n"

    def _put(self, depth: int, line: str) -> None:
        self.lines.append("    " * depth + line)

    def _place(self, names: Sequence[str]) -> int | None:
        """Return where the first of these columns stands, None when the table has none of them."""
        return next((self.columns.index(name) for name in names if name in self.columns), None)

    def _field(self, field: Field) -> None:
        places = [self._place(names) for names in field.names()]
        first, name = places[0], field.name
        self.scope[f"convert_{name}"] = field.convert
        column = self.columns[first] if first is not None else field.names()[0][0]
        if first is None and field.required:
            raise LayoutError(f"A table of {self.layout.kind} needs a column {column!r}.")
        if all(place is None for place in places):
            self._put(1, f"f_{name} = {'()' if field.many else None}")
            return
        texts = ", ".join("''" if place is None else f"v[{place}]" for place in places)
        there = " or ".join(f"v[{place}]" for place in places if place is not None)
        self._put(1, f"if {f'v[{first}]' if field.required else there}:")
        self._put(2, "try:")
        self._put(3, f"f_{name} = convert_{name}({texts})")
        self._put(2, "except RecordError:")
        self._put(3, "raise")
        self._put(2, "except ValueError as error:")
        shown = f"v[{first}]" if first is not None else "''"
        self._put(3, f"raise RecordError({column!r}, {shown}, str(error)) from None")
        self._put(1, "else:")
        if field.required:
            self._put(2, f"raise RecordError({column!r}, '', 'a value is required here')")
        else:
            self._put(2, f"f_{name} = {'()' if field.many else None}")

    def _check(self, number: int, check: Check) -> None:
        given = ", ".join(f"f_{name}" for name in check.fields)
        there = "".join(f"f_{name} is not None and " for name in check.fields if not self._certain(name))
        place = self._place(check.column.split("|"))
        shown = "''" if place is None else f"v[{place}]"
        self._put(1, f"if {there}not holds{number}({given}):")
        if check.duplicate:
            self._put(2, "return None")
        elif check.person:
            self._put(2, f"raise PersonalData({check.column!r}, {check.reason!r})")
        else:
            self._put(2, f"raise RecordError({check.column!r}, {shown}, {check.reason!r})")

    def _key(self) -> None:
        """Count a row that is there already; refuse one that has another's key and says something else."""
        if not self.layout.key:
            return
        places = [self._place(column.split("|")) for column in self.layout.key]
        values = ", ".join(f"v[{place}]" for place in places)
        named = ", ".join(self.layout.key)
        self._put(1, f"mark, whole = hash(({self.layout.kind!r}, {values})), hash(tuple(v))")
        self._put(1, "before = seen.rows.get(mark)")
        self._put(1, "if before is not None:")
        self._put(2, "if before == whole:")
        self._put(3, "return None")
        reason = f"an earlier row has the same {named} and says something else"
        self._put(2, f"raise RecordError({named!r}, ', '.join(({values},)), {reason!r})")
        self._put(1, "seen.rows[mark] = whole")

    def _thing(self, number: int, thing: Thing) -> None:
        needed = [*fields_in(thing.path), *([thing.when] if thing.when else [])]
        depth = 1
        if optional := [name for name in dict.fromkeys(needed) if not self._certain(name)]:
            self._put(1, f"if {' and '.join(f'f_{name} is not None' for name in optional)}:")
            depth = 2
        subject = f"s{number}"
        self._put(depth, f"{subject} = {self._iri(thing.path)}")
        types = "".join(f"{{{subject}}} {_TYPE} <{name}> .\n" for name in thing.classes)
        self._once(depth, thing.once, subject, types, thing.classes)
        self._put(depth, "b = ''")
        for say in thing.says:
            self._say(depth, subject, say)
        if thing.once:
            self._put(depth, "if b and (h := hash(b)) not in seen.blocks:")
            self._put(depth + 1, "seen.blocks.add(h)")
            self._put(depth + 1, "out += b")
        else:
            self._put(depth, "out += b")

    def _once(self, depth: int, once: bool, subject: str, types: str, classes: Sequence[str]) -> None:
        """Write the classes of a thing; of one that many rows tell of, in the first of them."""
        if not types:
            return
        if once:
            mark = crc32("|".join(classes).encode())  # another thing may tell of the same as another class
            self._put(depth, f"if (h := hash({subject}) ^ {mark}) not in seen.subjects:")
            self._put(depth + 1, "seen.subjects.add(h)")
            depth += 1
        self._put(depth, f"out += f{types!r}")
        for name in classes:
            short = name.rpartition("#")[2].rpartition("/")[2]
            self._put(depth, f"seen.counts[{short!r}] = seen.counts.get({short!r}, 0) + 1")

    def _say(self, depth: int, subject: str, say: Say | Link | Amount) -> None:
        match say:
            case Say(predicate, name):
                self._each(depth, [name], f"{{{subject}}} <{predicate}> {{f_{name}}} .\n")
            case Link(predicate, path):
                self._each(depth, fields_in(path), f"{{{subject}}} <{predicate}> {self._iri_text(path)} .\n")
            case Amount():
                self._amount(depth, subject, say)

    def _each(self, depth: int, names: Sequence[str], line: str) -> None:
        """Write a line when its fields are filled, and once for each value of a field with many."""
        if optional := [name for name in names if not self._certain(name) and not self.fields[name].many]:
            self._put(depth, f"if {' and '.join(f'f_{name} is not None' for name in optional)}:")
            depth += 1
        many = [name for name in names if self.fields[name].many]
        if len(many) > 1:
            raise LayoutError(f"{self.layout.kind}: a path can have one field of many values: {line}")
        if many:
            line = line.replace(f"{{f_{many[0]}}}", f"{{e_{many[0]}}}")
            self._put(depth, f"for e_{many[0]} in f_{many[0]}:")
            depth += 1
        self._put(depth, f"b += f{line!r}")

    def _amount(self, depth: int, subject: str, say: Amount) -> None:
        named = fields_in(say.currency)
        currency = f"{{f_{named[0]}}}" if named else say.currency
        path = f"<{self.base}id/amount/{currency}-{{f_{say.field}}}>"
        needed = [name for name in (say.field, *named) if not self._certain(name)]
        if needed:
            self._put(depth, f"if {' and '.join(f'f_{name} is not None' for name in needed)}:")
            depth += 1
        self._put(depth, f"m = f{path!r}")
        self._put(depth, f"b += f{f'{{{subject}}} <{say.predicate}> {{m}} .' + chr(10)!r}")
        self._put(depth, "if (h := hash(m)) not in seen.subjects:")
        told = (
            f"{{m}} {_TYPE} <{n.MonetaryAmount}> .\n"
            f'{{m}} <{n.amount}> "{{f_{say.field}}}"^^<{n.XSD}decimal> .\n'
            f'{{m}} <{n.currency}> "{currency}" .\n'
        )
        self._put(depth + 1, "seen.subjects.add(h)")
        self._put(depth + 1, f"out += f{told!r}")
        self._put(depth + 1, "seen.counts['MonetaryAmount'] = seen.counts.get('MonetaryAmount', 0) + 1")

    def _certain(self, name: str) -> bool:
        if name not in self.fields:
            raise LayoutError(f"{self.layout.kind}: the mapping declares no field {name!r}.")
        return self.fields[name].required

    def _iri(self, path: str) -> str:
        return f"f{self._iri_text(path)!r}"

    def _iri_text(self, path: str) -> str:
        """Return a path as an IRI in which fields stand as `{f_name}`; concepts of ours keep their base."""
        base = n.BASE if path.partition("/")[0] in n.SCHEMES else self.base
        for name in fields_in(path):
            self._certain(name)
            path = path.replace(f"{{{name}}}", f"{{f_{name}}}")
        return f"<{base}id/{path}>"
