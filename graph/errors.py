"""What can go wrong with terms and stores.

GraphError
├── TermError          a value is no RDF term
├── StoreError         the store cannot be used (exit code 3)
│   ├── StoreBusy      another process is writing
│   ├── BackupDamaged  a backup is not what was written; nothing was restored
│   ├── StoreDamaged   the store does not hold what its manifest says
│   ├── StoreMissing   there is no store there
│   ├── StoreUnwell    an endpoint fails now, and may be well a little later
│   └── AnswerCut      an endpoint gave a part of an answer only
├── CheckFailed        a new generation did not pass its checks; the old one stays
├── Occupied           what would be written over is there already; nothing changed
├── EditRefused        a change by hand cannot be made; nothing changed
└── QueryError         a query cannot be parsed or run
"""


class GraphError(Exception):
    """Anything this room refuses; the message is a sentence for the person who asked."""


class TermError(GraphError, ValueError):
    """A value is no RDF term."""


class StoreError(GraphError):
    """The store cannot be used."""


class StoreBusy(StoreError):
    """Another process holds the writer's lock."""


class StoreDamaged(StoreError):
    """The store does not hold what its manifest says."""


class BackupDamaged(StoreError):
    """A backup is not what was written."""


class Occupied(GraphError):
    """What would be written over is there already."""


class StoreMissing(StoreError):
    """There is no store at the path."""


class StoreUnwell(StoreError):
    """An endpoint fails now, and may be well a little later; one that answered so is not at work any more."""

    def __init__(self, message: str, *, answered: bool = False) -> None:
        super().__init__(message)
        self.answered = answered


class AnswerCut(StoreError):
    """An endpoint gave a part of an answer only."""


class CheckFailed(GraphError):
    """A new generation did not pass its checks; the old one stays in service."""


class EditRefused(GraphError):
    """A change by hand cannot be made; nothing changed."""


class QueryError(GraphError, ValueError):
    """A query cannot be parsed or run."""
