"""What can go wrong while a source is read.

LoadError
├── RecordError    one record is bad; it is set aside among the rejects
│   └── PersonalData   it tells of a person, or was asked to be left out; it is not shown
├── LayoutError    a file is not laid out as the source declares; nothing of it is loaded
├── BoundsError    a source holds too few or too many of something
├── FileError      a file cannot be read, or is refused whole (a bomb, a path outside its archive)
├── FetchError     a file cannot be had from its address, or is not what was promised
└── UnknownSource  there is no source of that name
"""


class LoadError(Exception):
    """Anything this room refuses; the message says where, what was found and what was expected."""


class RecordError(LoadError, ValueError):
    """One record is bad: the field, its value and why."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        self.field, self.value, self.reason = field, value, reason
        super().__init__(f"{field} is {value!r}: {reason}")


class PersonalData(RecordError):
    """A record tells of a person, or was asked to be left out; its values are not repeated."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, "…", reason)


class LayoutError(LoadError):
    """A file is not laid out as declared."""


class BoundsError(LoadError):
    """A source holds too few or too many of something."""


class FileError(LoadError):
    """A file cannot be read, or is refused whole."""


class FetchError(LoadError):
    """A file cannot be had from its address, or is not what was promised."""


class UnknownSource(LoadError, KeyError):
    """There is no source of that name."""

    def __str__(self) -> str:
        return str(self.args[0])
