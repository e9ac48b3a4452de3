"""AWS WAF: the lock tokens of IP sets.

Gap: moto's are six characters, and AWS's model of DeleteIPSet and UpdateIPSet wants a UUID. Resource type: aws_wafv2_ip_set.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from moto.wafv2.models import FakeIPSet

from .support import extend_method


def _with_new_token(stock: Callable[..., None], ip_set: FakeIPSet, *args: Any, **kwargs: Any) -> None:
    stock(ip_set, *args, **kwargs)
    ip_set.lock_token = str(uuid.uuid4())


def install() -> None:
    """Install the extension."""
    extend_method(FakeIPSet, "__init__", _with_new_token)
    extend_method(FakeIPSet, "update", _with_new_token)
