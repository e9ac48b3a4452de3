"""Shared by the ElastiCache extensions: errors, ARNs, tags and resources in a dict."""

from __future__ import annotations

from typing import Any

from moto.elasticache.exceptions import ElastiCacheException
from moto.elasticache.responses import ElastiCacheResponse as Response

from ..support import request_of, store

__all__ = ["Response", "Shelf", "arn_of", "fault", "only", "request_of", "tag"]


def fault(code: str, message: str) -> ElastiCacheException:
    """An API error with AWS's error code."""
    error_class = type(code, (ElastiCacheException,), {"code": code})
    return error_class(message)


def arn_of(response: Response, kind: str, name: str) -> str:
    """The ARN of an ElastiCache resource in the request's account and region."""
    return f"arn:aws:elasticache:{response.region}:{response.current_account}:{kind}:{name}"


def tag(response: Response, arn: str, request: dict[str, Any]) -> None:
    """Keep the tags that came with a Create call."""
    if request.get("Tags"):
        response.elasticache_backend.tagging_service.tag_resource(arn, request["Tags"])


def only(request: dict[str, Any], fields: set[str]) -> dict[str, Any]:
    """The part of a request that is stored under the same names."""
    return {field: value for field, value in request.items() if field in fields}


class Shelf:
    """Resources of a type that moto lacks, by name, with AWS's errors when one is missing or exists already."""

    def __init__(self, kind: str, missing_code: str, exists_code: str) -> None:
        self._kind, self._missing_code, self._exists_code = kind, missing_code, exists_code

    def items(self, response: Response) -> dict[str, dict[str, Any]]:
        """All resources of the request's account and region."""
        return store(response.elasticache_backend, self._kind)

    def get(self, response: Response, name: str) -> dict[str, Any]:
        """Return a resource, or raise the API error that it is missing."""
        found = self.items(response).get(name)
        if found is None:
            raise fault(self._missing_code, f"{self._kind} {name} not found.")
        return found

    def put(self, response: Response, name: str, item: dict[str, Any]) -> dict[str, Any]:
        """Add a resource, or raise the API error that it exists already."""
        if name in self.items(response):
            raise fault(self._exists_code, f"{self._kind} {name} already exists.")
        self.items(response)[name] = item
        return item

    def take(self, response: Response, name: str) -> dict[str, Any]:
        """Remove and return a resource, or raise the API error that it is missing."""
        found = self.get(response, name)
        del self.items(response)[name]
        return found

    def find(self, response: Response, name: str | None) -> list[dict[str, Any]]:
        """What a Describe call returns: the named one or all."""
        return [self.get(response, name)] if name else list(self.items(response).values())
