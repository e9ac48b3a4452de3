"""Elastic Load Balancing v2: the scheme of an internet-facing load balancer.

Gap: DescribeLoadBalancers returns no Scheme when the request left it out, while AWS fills in ``internet-facing``.
Resource type: aws_lb (its computed ``internal``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.elbv2.models import ELBv2Backend

from .support import extend_method

DEFAULT_SCHEME = "internet-facing"


def _create_load_balancer(stock: Callable[..., Any], backend: ELBv2Backend, *args: Any, **kwargs: Any) -> Any:
    kwargs["scheme"] = kwargs.get("scheme") or DEFAULT_SCHEME
    return stock(backend, *args, **kwargs)


def install() -> None:
    """Install the extension."""
    extend_method(ELBv2Backend, "create_load_balancer", _create_load_balancer)
