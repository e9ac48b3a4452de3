"""Compiles the regular expressions of the API models, which are Java's.

AWS matches the whole value (``Matcher.matches()``), whether the pattern is anchored or not, and Java's ``\\w``, ``\\d`` and ``\\s``
are ASCII. Source of the classes: java.util.regex.Pattern, "Unicode categories" and "POSIX character classes".
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

ASCII_CLASSES = {
    "ASCII": r"\x00-\x7F",
    "Alnum": "a-zA-Z0-9",
    "Alpha": "a-zA-Z",
    "Digit": "0-9",
    "Graph": r"\x21-\x7E",
    "Lower": "a-z",
    "Print": r"\x20-\x7E",
    "Punct": r"!-/:-@\[-`{-~",
    "Space": r" \t\n\x0B\f\r",
    "Upper": "A-Z",
    "XDigit": "0-9a-fA-F",
}
CLASS = re.compile(r"\\p\{(\w+)\}")
# The supplementary characters, which some models spell as halves of surrogate pairs that cannot be a range in Python.
SURROGATES = r"\uD800\uDC00-\uDBFF\uDFFF"
SUPPLEMENTARY = r"\U00010000-\U0010FFFF"
# A class escape before a hyphen: Java takes the hyphen literally, Python refuses the range.
CLASS_BEFORE_HYPHEN = re.compile(r"(\\[wds])-(?=[^\]])")
LATE_FLAG = "(?i)"


@lru_cache(maxsize=None)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a model's pattern. Raises re.error for a construct that has no counterpart in Python."""
    translated = _classes(pattern.replace(SURROGATES, SUPPLEMENTARY))
    translated = CLASS_BEFORE_HYPHEN.sub(r"\1\\-", translated)
    return re.compile(_scope_late_flag(translated), re.ASCII)


def matches(pattern: str, value: str) -> bool:
    """Whether the whole value matches, as AWS decides it."""
    return compile_pattern(pattern).fullmatch(value) is not None


def _classes(pattern: str) -> str:
    """Spell out each ``\\p{name}``: in brackets, unless it stands in some already."""
    parts = []
    position = 0
    for found in CLASS.finditer(pattern):
        before = pattern[position : found.start()]
        parts.append(before)
        members = _members(found[1])
        parts.append(members if _is_open("".join(parts)) else f"[{members}]")
        position = found.end()
    return "".join([*parts, pattern[position:]])


def _is_open(text: str) -> bool:
    """Whether a bracket class is open at the end of a text."""
    unescaped = re.sub(r"\\.", "", text)
    return unescaped.rfind("[") > unescaped.rfind("]")


def _scope_late_flag(pattern: str) -> str:
    """Java lets a flag apply from where it stands to the end of its group; Python wants that part in parentheses."""
    if LATE_FLAG not in pattern[1:]:
        return pattern
    before, after = pattern.split(LATE_FLAG, 1)
    depth = 0
    for position, character in enumerate(after):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return f"{before}(?i:{after[:position]}){after[position:]}"
    return f"{before}(?i:{after})"


def _members(name: str) -> str:
    """The inside of a character class that is the same as ``\\p{name}``."""
    members = ASCII_CLASSES.get(name) or _unicode_categories().get(name)
    if members is None:
        raise re.error(f"unknown character class {name}")
    return members


@lru_cache(maxsize=None)
def _unicode_categories() -> dict[str, str]:
    """The ranges of each general category, by its first letter."""
    ranges: dict[str, list[str]] = {}
    first, last = 0, unicodedata.category(chr(0))[0]
    for point in range(1, sys.maxunicode + 2):
        category = unicodedata.category(chr(point))[0] if point <= sys.maxunicode else ""
        if category != last:
            ranges.setdefault(last, []).append(f"\\U{first:08X}-\\U{point - 1:08X}")
            first, last = point, category
    return {name: "".join(found) for name, found in ranges.items()}
