"""Walks the input shape of an operation and finds the values that break its constraints.

Wording and paths are those of AWS's validation ("Value 'x' at 'tags.1.member.key' failed to satisfy constraint: ..."). Source:
any AWS API that answers ``ValidationException``; a sensitive value is left out, as AWS does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from moto.core.model import Shape

from . import patterns

SHOWN_CHARACTERS = 120
NUMBERS = frozenset({"integer", "long", "float", "double", "short", "byte", "bigdecimal"})


class Violation(NamedTuple):
    """A value that breaks a constraint of the model."""

    path: str
    shape: str
    kind: str
    text: str


def violations(shape: Shape, value: Any) -> list[Violation]:
    """Every violation in the parameters of a request; empty if the model allows them."""
    return list(_walk(shape, value, ""))


def _walk(shape: Shape, value: Any, path: str) -> Iterator[Violation]:
    kind = shape.type_name
    if kind == "structure":
        yield from _structure(shape, value, path)
    elif kind == "list":
        yield from _size(shape, value, path, len(value))
        for number, item in enumerate(value, start=1):
            yield from _walk(shape.member, item, f"{path}.{number}.member")
    elif kind == "map":
        yield from _size(shape, value, path, len(value))
        for key, item in value.items():
            yield from _walk(shape.key, key, f"{path}.key")
            yield from _walk(shape.value, item, f"{path}.{key}.member")
    elif kind == "string":
        yield from _string(shape, str(value), path)
    elif kind in NUMBERS:
        yield from _range(shape, value, path)


def _structure(shape: Shape, value: Any, path: str) -> Iterator[Violation]:
    if getattr(shape, "is_document_type", False):
        return
    members = shape.members
    for name in shape.required_members:
        if value.get(name) is None:
            yield Violation(
                _join(path, name),
                members[name].name,
                "required",
                f"Value null at '{_join(path, name)}' failed to satisfy constraint: Member must not be null",
            )
    for name, item in value.items():
        if item is not None and name in members:
            yield from _walk(members[name], item, _join(path, name))


def _string(shape: Shape, value: str, path: str) -> Iterator[Violation]:
    yield from _size(shape, value, path, len(value))
    allowed = shape.metadata.get("enum")
    if allowed and value not in allowed:
        yield _broken(shape, value, path, "enum", f"Member must satisfy enum value set: [{', '.join(allowed)}]")
    pattern = shape.metadata.get("pattern")
    if pattern and not patterns.matches(pattern, value):
        constraint = f"Member must satisfy regular expression pattern: {pattern}"
        yield _broken(shape, value, path, "pattern", constraint)


def _size(shape: Shape, value: Any, path: str, length: int) -> Iterator[Violation]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and length < least:
        constraint = f"Member must have length greater than or equal to {least}"
        yield _broken(shape, value, path, "length", constraint)
    if most is not None and length > most:
        yield _broken(shape, value, path, "length", f"Member must have length less than or equal to {most}")


def _range(shape: Shape, value: Any, path: str) -> Iterator[Violation]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and value < least:
        yield _broken(shape, value, path, "range", f"Member must have value greater than or equal to {least}")
    if most is not None and value > most:
        yield _broken(shape, value, path, "range", f"Member must have value less than or equal to {most}")


def _broken(shape: Shape, value: Any, path: str, kind: str, constraint: str) -> Violation:
    shown = "" if shape.metadata.get("sensitive") else f" '{str(value)[:SHOWN_CHARACTERS]}'"
    return Violation(path, shape.name, kind, f"Value{shown} at '{path}' failed to satisfy constraint: {constraint}")


def _join(path: str, name: str) -> str:
    lower = name[:1].lower() + name[1:]
    return f"{path}.{lower}" if path else lower
