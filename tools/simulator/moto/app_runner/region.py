"""What App Runner keeps in one region, and its errors."""

from __future__ import annotations

import time
import uuid
from typing import Any

Fields = dict[str, Any]


class Refused(Exception):
    """An error of App Runner's API."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Region:
    """App Runner in one region, kept where a reset of moto empties it."""

    def __init__(self, name: str) -> None:
        from extensions.support import store
        from moto.core import DEFAULT_ACCOUNT_ID
        from moto.ec2.models import ec2_backends

        self.name = name
        self.account = DEFAULT_ACCOUNT_ID
        self._backend = ec2_backends[DEFAULT_ACCOUNT_ID][name]
        self._store = store

    def all(self, kind: str) -> dict[str, Fields]:
        """The resources of one kind, by ARN."""
        return self._store(self._backend, f"app_runner_{kind}")

    def arn(self, resource: str) -> str:
        """A new ARN: its id is random, as at AWS."""
        return f"arn:aws:apprunner:{self.name}:{self.account}:{resource}/{uuid.uuid4().hex}"

    def find(self, kind: str, arn: str) -> Fields:
        """The resource with this ARN."""
        found = self.all(kind).get(arn)
        if found is None:
            raise Refused("ResourceNotFoundException", f"Resource not found: {arn}")
        return found

    def keep_tags(self, arn: str, request: Fields) -> None:
        """Remember the tags that a resource is created with."""
        self.all("tags")[arn] = {tag["Key"]: tag["Value"] for tag in request.get("Tags", [])}

    def services(self) -> list[Fields]:
        """The services that exist."""
        return [service for service in self.all("services").values() if service["Status"] != "DELETED"]


def now() -> float:
    """The current time as App Runner writes it: seconds with fractions."""
    return round(time.time(), 3)


def without_tags(request: Fields) -> Fields:
    """The fields of a request that the resource has, too."""
    return {key: value for key, value in request.items() if key != "Tags"}
