"""JSON filter patterns of CloudWatch Logs: ``{ ($.level = "error") && ($.status >= 500) }``.

Supported: selectors ``$.a.b[0]`` and ``$.["key"]``-free paths, ``= != < <= > >=`` against text (with ``*``) and
numbers, ``IS TRUE``, ``IS FALSE``, ``IS NULL``, ``EXISTS``, ``NOT EXISTS``, ``&&``, ``||`` and parentheses.
"""

from __future__ import annotations

import fnmatch
import json
import operator
import re
from collections.abc import Callable
from typing import Any

from .log_pattern_errors import InvalidPattern

TOKEN = re.compile(r'\s*(\(|\)|&&|\|\||!=|<=|>=|=|<|>|"(?:[^"\\]|\\.)*"|\$[\w.\[\]-]+|[^\s()&|=<>!"]+)')
COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
PATH_STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]")
MISSING = object()

Test = Callable[[Any], bool]


def compile_json(text: str) -> Callable[[str], "dict[str, str] | None"]:
    """Compile a JSON pattern. Raises InvalidPattern for a malformed one."""
    if not text.endswith("}"):
        raise InvalidPattern(f"{text!r} begins with {{ and is read as a JSON pattern, but does not end with }}")
    parser = _Parser(_tokens(text[1:-1]))
    test = parser.either()
    parser.expect_end()

    def matcher(line: str) -> dict[str, str] | None:
        try:
            document = json.loads(line)
        except ValueError:
            return None
        return {} if isinstance(document, dict) and test(document) else None

    return matcher


def _tokens(text: str) -> list[str]:
    tokens, position, text = [], 0, text.strip()
    while position < len(text):
        found = TOKEN.match(text, position)
        if not found:
            raise InvalidPattern(f"cannot read {text[position:]!r} in a JSON pattern")
        tokens.append(found.group(1))
        position = found.end()
    return tokens


def _select(selector: str, document: Any) -> Any:
    value = document
    for name, index in PATH_STEP.findall(selector[1:]):
        if name and isinstance(value, dict):
            value = value.get(name, MISSING)
        elif index and isinstance(value, list) and int(index) < len(value):
            value = value[int(index)]
        else:
            return MISSING
    return value


def _comparison(selector: str, sign: str, expected: str) -> Test:
    if sign in COMPARISONS:
        try:
            limit = float(expected)
        except ValueError:
            raise InvalidPattern(f"{sign} needs a number, got {expected}") from None

        def compares(document: Any) -> bool:
            value = _select(selector, document)
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            return is_number and COMPARISONS[sign](value, limit)

        return compares
    quoted = expected.startswith('"')
    wanted = json.loads(expected) if quoted else expected

    def equals(document: Any) -> bool:
        value = _select(selector, document)
        if value is MISSING or isinstance(value, (dict, list)):
            return False
        return fnmatch.fnmatchcase(_as_text(value), wanted) == (sign == "=")

    return equals


def _as_text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return str(value)


class _Parser:
    """Recursive descent over the tokens of a JSON pattern; ``&&`` binds closer than ``||``."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens

    def _next(self) -> str:
        if not self._tokens:
            raise InvalidPattern("the JSON pattern ends too early")
        return self._tokens.pop(0)

    def expect_end(self) -> None:
        """Refuse anything after a whole expression."""
        if self._tokens:
            raise InvalidPattern(f"unexpected {' '.join(self._tokens)!r} in a JSON pattern")

    def either(self) -> Test:
        """Parse ``both || both ...``."""
        tests = [self._both()]
        while self._tokens[:1] == ["||"]:
            self._next()
            tests.append(self._both())
        return lambda document: any(test(document) for test in tests)

    def _both(self) -> Test:
        tests = [self._single()]
        while self._tokens[:1] == ["&&"]:
            self._next()
            tests.append(self._single())
        return lambda document: all(test(document) for test in tests)

    def _single(self) -> Test:
        token = self._next()
        if token == "(":
            test = self.either()
            if self._next() != ")":
                raise InvalidPattern("a parenthesis is not closed")
            return test
        if not token.startswith("$"):
            raise InvalidPattern(f"expected a selector such as $.level, got {token!r}")
        return self._predicate(token)

    def _predicate(self, selector: str) -> Test:
        word = self._next().upper()
        if word == "EXISTS":
            return lambda document: _select(selector, document) is not MISSING
        if word == "NOT" and self._next().upper() == "EXISTS":
            return lambda document: _select(selector, document) is MISSING
        if word == "IS":
            values = {"TRUE": True, "FALSE": False, "NULL": None}
            value = self._next().upper()
            if value in values:
                return lambda document: _select(selector, document) is values[value]
        if word in {"=", "!=", *COMPARISONS}:
            return _comparison(selector, word, self._next())
        raise InvalidPattern(f"cannot read the condition on {selector}")
