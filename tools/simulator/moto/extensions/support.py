"""Helpers that several extensions share."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from moto.core.responses import BaseResponse


def now() -> datetime.datetime:
    """The current time in UTC without a zone, as moto's serializer wants it."""
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


def plain(value: Any) -> Any:
    """Copy moto's case-insensitive mappings into ordinary dicts and lists with AWS's spelling."""
    if hasattr(value, "original_dict"):
        value = value.original_dict()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def request_of(response: BaseResponse) -> dict[str, Any]:
    """The parameters of the request, without those that were sent empty."""
    return {key: value for key, value in plain(response._get_params()).items() if value not in (None, "")}


def as_bool(value: Any) -> bool:
    """Read a boolean that may have arrived as text (query protocol)."""
    return value if isinstance(value, bool) else str(value).lower() == "true"


def with_parameter(response: BaseResponse, name: str, value: Any, call: Callable[[], Any]) -> Any:
    """Call with another value of one request parameter."""
    read = response._get_param
    response._get_param = lambda key, *rest: value if key == name else read(key, *rest)
    try:
        return call()
    finally:
        del response._get_param


def store(backend: Any, kind: str) -> dict[str, Any]:
    """Return a dict inside a moto backend, so that it is separate for each account and region, and cleared by a reset."""
    return backend.__dict__.setdefault("_simulator_store", {}).setdefault(kind, {})


def extend_method(owner: type, name: str, extension: Callable[..., Any]) -> None:
    """Replace ``owner.name`` by ``extension``, which gets the stock method as its first argument."""
    stock = getattr(owner, name)

    def extended(*args: Any, **kwargs: Any) -> Any:
        return extension(stock, *args, **kwargs)

    extended.__name__ = name
    setattr(owner, name, extended)
