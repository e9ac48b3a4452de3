"""Shared by the refusals: moto's backends, the configurations of distributions, and an end to Terraform's retries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.backends import get_backend
from moto.utilities.utils import get_partition

from ..support import store

# Terraform's provider repeats a deletion that AWS refuses for a dependency, for up to 20 minutes. That many refusals of one
# deletion take it about half a minute, which is longer than any dependency that goes by itself here.
RETRIES_ANSWERED = 8


def backend(service: str, account: str, region: str) -> Any:
    """moto's state of one service in an account and region."""
    return get_backend(service)[account][region]


def backends(service: str, account: str) -> Iterator[Any]:
    """moto's state of one service in every region of an account that was used."""
    yield from dict(get_backend(service)[account]).values()


def distributions_with(account: str, text: str, region: str = "us-east-1") -> list[str]:
    """The ids of the distributions whose configuration contains an id or ARN."""
    state = get_backend("cloudfront")[account][get_partition(region)]
    return [key for key, used in store(state, "used-ids").items() if text in used and key in state.distributions]


def code_for(state: Any, code: str, resource: str) -> str:
    """AWS's code, or after too many refusals of the same deletion one that Terraform does not retry."""
    refusals = store(state, f"refusals-{code}")
    refusals[resource] = refusals.get(resource, 0) + 1
    return code if refusals[resource] <= RETRIES_ANSWERED else f"{code}.StillAfterRetries"
