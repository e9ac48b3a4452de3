"""Filter patterns of CloudWatch Logs, as far as this project needs them.

A pattern is one of
- empty: matches every line;
- terms, found anywhere in the line, as in ``ERROR "timed out" -health ?a ?b``: all plain terms, none of the
  excluded (``-``), and one of the optional (``?``) when there are only optional ones; a term with anything but
  letters, digits and ``_`` needs double quotes;
- space-delimited, ``[ip, user, status = 4*, ..., size > 100]``: the line is cut at spaces (``[..]`` and
  ``".."`` hold together) and must have that many fields, each with its condition;
- JSON, ``{ $.level = "error" }``: see log_json_patterns.

So ``[WebSocket] Client connected`` is not a search for that text: it begins with ``[`` and is read as
space-delimited. The text is searched with double quotes inside the pattern: ``"[WebSocket] Client connected"``.
Source: Amazon CloudWatch Logs user guide, "Filter pattern syntax for metric filters". Regular expressions
(``%..%``) are not supported here and raise NotImplementedError.
"""

from __future__ import annotations

import fnmatch
import operator
import re
from collections.abc import Callable

from .log_json_patterns import compile_json
from .log_pattern_errors import InvalidPattern

__all__ = ["InvalidPattern", "Matcher", "compile_pattern"]

# Returns the values that the pattern extracts from a line, or None when the line does not match.
Matcher = Callable[[str], "dict[str, str] | None"]

TERM = re.compile(r'\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)')
BARE_TERM = re.compile(r"\w+")
FIELD_OF_LINE = re.compile(r'\[([^\]]*)\]|"([^"]*)"|(\S+)')
FIELD_NAME = re.compile(r"\w+|\.\.\.")
CONDITION = re.compile(r'(\w+)\s*(!=|<=|>=|=|<|>)\s*("[^"]*"|[^\s"]+)')
COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def compile_pattern(pattern: str) -> Matcher:
    """Compile a pattern. Raises InvalidPattern for one that CloudWatch Logs would refuse."""
    text = pattern.strip()
    if text.startswith("["):
        return _compile_fields(text)
    if text.startswith("{"):
        return compile_json(text)
    if text.startswith("%"):
        raise NotImplementedError("regular expressions in filter patterns")
    return _compile_terms(text)


def _compile_terms(text: str) -> Matcher:
    groups: dict[str, list[str]] = {"": [], "-": [], "?": []}
    position = 0
    while position < len(text):
        found = TERM.match(text, position)
        if not found:
            raise InvalidPattern(f"cannot read {text[position:]!r}: a double quote is not closed")
        sign, quoted, bare = found.groups()
        if bare is not None and not BARE_TERM.fullmatch(bare):
            raise InvalidPattern(f"the term {bare!r} has characters other than letters, digits and _: put it in double quotes")
        groups[sign].append(bare if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
        position = found.end()
    required, excluded, optional = groups[""], groups["-"], groups["?"]

    def matcher(line: str) -> dict[str, str] | None:
        # As documented: next to required terms, optional ones are ignored.
        any_optional = bool(required) or not optional or any(term in line for term in optional)
        matched = any_optional and all(term in line for term in required) and not any(t in line for t in excluded)
        return {} if matched else None

    return matcher


def _fields_of(line: str) -> list[str]:
    alternatives = (found.groups() for found in FIELD_OF_LINE.finditer(line))
    return [next(part for part in parts if part is not None) for parts in alternatives]


def _field_test(definition: str) -> tuple[str, Callable[[str], bool]]:
    """Name and test of one field of a space-delimited pattern; alternatives and conjunctions on the same field."""
    if FIELD_NAME.fullmatch(definition):
        return definition, lambda value: True
    name = ""
    alternatives: list[list[Callable[[str], bool]]] = []
    for alternative in definition.split("||"):
        tests = []
        for condition in alternative.split("&&"):
            found = CONDITION.fullmatch(condition.strip())
            if not found:
                raise InvalidPattern(f"cannot read the field {definition!r}")
            name = found.group(1)
            tests.append(_condition_test(found.group(2), found.group(3)))
        alternatives.append(tests)
    return name, lambda value: any(all(test(value) for test in tests) for tests in alternatives)


def _condition_test(sign: str, expected: str) -> Callable[[str], bool]:
    expected = expected.strip('"')
    if sign in COMPARISONS:
        try:
            limit = float(expected)
        except ValueError:
            raise InvalidPattern(f"{sign} needs a number, got {expected!r}") from None
        return lambda value: _is_number(value) and COMPARISONS[sign](float(value), limit)
    wanted = sign == "="
    return lambda value: fnmatch.fnmatchcase(value, re.sub(r"([\[?])", r"[\1]", expected)) == wanted


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _compile_fields(text: str) -> Matcher:
    if not text.endswith("]"):
        raise InvalidPattern(
            f"{text!r} begins with [ and is read as space-delimited fields, but nothing may follow the closing ]: "
            "to search for a text with brackets, put it in double quotes inside the pattern"
        )
    definitions = [part.strip() for part in text[1:-1].split(",")]
    fields = [_field_test(definition) for definition in definitions]
    names = [name for name, _ in fields]
    if names.count("...") > 1:
        raise InvalidPattern("expected at most one ellipsis, got several")

    def matcher(line: str) -> dict[str, str] | None:
        values = _fields_of(line)
        aligned = _align(names, values)
        if aligned is None:
            return None
        pairs = list(zip(fields, aligned))
        if not all(test(value) for (name, test), value in pairs if name != "..."):
            return None
        return {f"${name}": value for (name, _), value in pairs if name != "..."}

    return matcher


def _align(names: list[str], values: list[str]) -> list[str] | None:
    """Assign a value to each named field; the ellipsis takes the remaining ones."""
    if "..." not in names:
        return values if len(values) == len(names) else None
    before = names.index("...")
    after = len(names) - before - 1
    if len(values) < before + after:
        return None
    return [*values[:before], "...", *(values[-after:] if after else [])]
