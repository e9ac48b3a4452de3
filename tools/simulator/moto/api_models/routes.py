"""Finds the operation of a REST request by its method and address, as the models' ``http`` traits describe them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl

from moto.core.model import ServiceModel

LABEL = re.compile(r"\{([^}]+?)(\+?)\}")


class Route(NamedTuple):
    """The address of one operation."""

    operation: str
    method: str
    path: re.Pattern[str]
    labels: tuple[str, ...]
    literals: int
    constants: tuple[tuple[str, str], ...]
    required_query: frozenset[str]
    required_headers: frozenset[str]
    current: bool


class Found(NamedTuple):
    """An operation and the parameters in its path."""

    operation: str
    labels: dict[str, str]


def find_route(
    service: ServiceModel, method: str, raw_path: str, query: Mapping[str, str], headers: Mapping[str, str]
) -> Found | None:
    """The most specific operation that the request can mean, if there is one."""
    path = raw_path.rstrip("/") or "/"
    best: tuple[tuple[int, ...], Found] | None = None
    for route in _routes(service):
        found = route.path.fullmatch(path) if route.method == method else None
        if not found or not _fits(route, query, headers):
            continue
        required = len(route.required_query) + len(route.required_headers)
        rank = (len(route.constants), route.literals, required, route.current)
        if best is None or rank > best[0]:
            best = (rank, Found(route.operation, dict(zip(route.labels, found.groups()))))
    return best[1] if best else None


def _fits(route: Route, query: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    constants = all(name in query and (not value or query[name] == value) for name, value in route.constants)
    return (
        constants
        and all(name in query for name in route.required_query)
        and all(name in headers for name in route.required_headers)
    )


@lru_cache(maxsize=None)
def _routes(service: ServiceModel) -> tuple[Route, ...]:
    return tuple(_route(service, name) for name in service.operation_names)


def _route(service: ServiceModel, name: str) -> Route:
    operation = service.operation_model(name)
    path, _, constants = operation.http["requestUri"].partition("?")
    path = path.rstrip("/") or "/"
    required: dict[str, set[str]] = {"querystring": set(), "header": set()}
    shape = operation.input_shape
    for member in shape.required_members if shape else []:
        serialization = shape.members[member].serialization
        if serialization.get("location") in required:
            required[serialization["location"]].add(serialization.get("name", member))
    return Route(
        operation=name,
        method=operation.http["method"],
        path=re.compile(_expression(path)),
        labels=tuple(label for label, _ in LABEL.findall(path)),
        literals=sum(1 for segment in path.split("/") if segment and "{" not in segment),
        constants=tuple(parse_qsl(constants, keep_blank_values=True)),
        required_query=frozenset(required["querystring"]),
        required_headers=frozenset(required["header"]),
        current=not operation.deprecated,
    )


def _expression(path: str) -> str:
    parts = []
    position = 0
    for label in LABEL.finditer(path):
        parts += [re.escape(path[position : label.start()]), "(.+)" if label[2] else "([^/]+)"]
        position = label.end()
    return "".join([*parts, re.escape(path[position:])])
