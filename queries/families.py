"""Families: packages in which one file is one measure, or one format, found by its name."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from queries.errors import HeaderError, UnknownName


@cache
def modules(package: str) -> dict[str, ModuleType]:
    """Return the modules of a package by name."""
    found = importlib.import_module(package)
    names = sorted(each.name for each in pkgutil.iter_modules(found.__path__))
    return {name: importlib.import_module(f"{package}.{name}") for name in names}


def named(package: str, constant: str, what: str) -> dict[str, object]:
    """Return a constant of each module, which must have the name of its file; `what` is what it is called."""
    found = {name: getattr(module, constant) for name, module in modules(package).items()}
    wrong = [f"{name}.py calls itself {it.name!r}" for name, it in found.items() if it.name != name]
    if wrong:
        raise HeaderError(f"A {what} is named as its file; {wrong[0]}.")
    return found


def member(package: str, what: str, name: str) -> ModuleType:
    """Return the module of a name; `what` is said where there is none."""
    if name not in modules(package):
        raise UnknownName(what, name, modules(package))
    return modules(package)[name]
