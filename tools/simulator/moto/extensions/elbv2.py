"""Elastic Load Balancing v2: the scheme of an internet-facing load balancer, and deletion protection.

Gaps: DescribeLoadBalancers returns no Scheme when the request left it out, while AWS fills in ``internet-facing``;
DeleteLoadBalancer ignores the attribute ``deletion_protection.enabled``.
Resource type: aws_lb (its computed ``internal``, its ``enable_deletion_protection``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend

from .support import extend_method

DEFAULT_SCHEME = "internet-facing"


class OperationNotPermittedError(ELBClientError):
    """AWS's error for deleting a protected load balancer."""

    def __init__(self, arn: str):
        message = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        super().__init__("OperationNotPermitted", message)


def _create_load_balancer(stock: Callable[..., Any], backend: ELBv2Backend, *args: Any, **kwargs: Any) -> Any:
    kwargs["scheme"] = kwargs.get("scheme") or DEFAULT_SCHEME
    return stock(backend, *args, **kwargs)


def _delete_load_balancer(stock: Callable[..., Any], backend: ELBv2Backend, arn: str) -> Any:
    load_balancer = backend.load_balancers.get(arn)
    if load_balancer is not None and load_balancer.attrs.get("deletion_protection.enabled") == "true":
        raise OperationNotPermittedError(arn)
    return stock(backend, arn)


def install() -> None:
    """Install the extension."""
    extend_method(ELBv2Backend, "create_load_balancer", _create_load_balancer)
    extend_method(ELBv2Backend, "delete_load_balancer", _delete_load_balancer)
