"""Elastic Load Balancing v2: CreateListener and ModifyListener with a port that another listener of the load balancer has
(DuplicateListener), DeleteLoadBalancer while a VPC origin leads to it (ResourceInUse).

moto itself has PriorityInUse of CreateRule and SetRulePriorities, and ResourceInUse of DeleteTargetGroup. Source: Elastic Load
Balancing API reference 2015-12-01, errors of these operations. Resource types: aws_lb, aws_lb_listener.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.backends import get_backend
from moto.elbv2.exceptions import DuplicateListenerError, ELBClientError
from moto.elbv2.models import ELBv2Backend
from moto.utilities.utils import get_partition

from ..support import extend_method, plain, store


def _expect_free_port(state: ELBv2Backend, load_balancer_arn: str, port: Any, but: str | None = None) -> None:
    balancer = state.load_balancers.get(load_balancer_arn)
    for listener in balancer.listeners.values() if balancer else []:
        if listener.arn != but and str(listener.port) == str(port):
            raise DuplicateListenerError()


def _create_listener(stock: Callable[..., Any], state: ELBv2Backend, load_balancer_arn: str, *args: Any, **kwargs: Any) -> Any:
    _expect_free_port(state, load_balancer_arn, kwargs["port"] if "port" in kwargs else args[1])
    return stock(state, load_balancer_arn, *args, **kwargs)


def _modify_listener(stock: Callable[..., Any], state: ELBv2Backend, arn: str, *args: Any, **kwargs: Any) -> Any:
    port = kwargs["port"] if "port" in kwargs else (args[0] if args else None)
    if port is not None:
        load_balancer = arn.replace(":listener/", ":loadbalancer/").rsplit("/", 1)[0]
        _expect_free_port(state, load_balancer, port, but=arn)
    return stock(state, arn, *args, **kwargs)


def _delete_load_balancer(stock: Callable[..., Any], state: ELBv2Backend, arn: str) -> Any:
    edge = get_backend("cloudfront")[state.account_id][get_partition(state.region_name)]
    if any(arn in str(plain(origin)) for origin in store(edge, "VpcOrigin").values()):
        message = f"Load balancer '{arn}' cannot be deleted because it is currently associated with another service"
        raise ELBClientError("ResourceInUse", message)
    return stock(state, arn)


def install() -> None:
    """Install this part."""
    extend_method(ELBv2Backend, "create_listener", _create_listener)
    extend_method(ELBv2Backend, "modify_listener", _modify_listener)
    extend_method(ELBv2Backend, "delete_load_balancer", _delete_load_balancer)
