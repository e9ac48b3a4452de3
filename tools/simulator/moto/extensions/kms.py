"""KMS: the period of automatic key rotation.

Gap: EnableKeyRotation ignores RotationPeriodInDays and GetKeyRotationStatus does not return it, so that every
plan wants to set it again. Resource type: aws_kms_key with ``rotation_period_in_days``.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from moto.kms.exceptions import ValidationException
from moto.kms.responses import KmsResponse as Response

from .support import extend_method, store

DEFAULT_DAYS = 365
LEAST_DAYS, MOST_DAYS = 90, 2560


def _key_id(response: Response) -> str:
    return response.kms_backend.get_key_id(response._get_param("KeyId"))


def _enable_key_rotation(stock: Callable[..., str], response: Response) -> str:
    days = response._get_param("RotationPeriodInDays") or DEFAULT_DAYS
    if not LEAST_DAYS <= int(days) <= MOST_DAYS:
        raise ValidationException(f"RotationPeriodInDays must be {LEAST_DAYS} to {MOST_DAYS}, got {days}")
    answer = stock(response)
    store(response.kms_backend, "rotation-days")[_key_id(response)] = int(days)
    return answer


def _get_key_rotation_status(stock: Callable[..., str], response: Response) -> str:
    status = json.loads(stock(response))
    if status.get("KeyRotationEnabled"):
        days = store(response.kms_backend, "rotation-days").get(_key_id(response), DEFAULT_DAYS)
        status["RotationPeriodInDays"] = days
    return json.dumps(status)


def install() -> None:
    """Install the extension."""
    extend_method(Response, "enable_key_rotation", _enable_key_rotation)
    extend_method(Response, "get_key_rotation_status", _get_key_rotation_status)
