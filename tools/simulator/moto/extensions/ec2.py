"""EC2: descriptions of security group rules, and deleting an endpoint once more.

Gaps: moto returns the description of rules with an address range only, so that the provider wants to set it again and
again. A gateway endpoint that is deleted a second time, as after a lost answer, fails on routes that are gone already.
Resource types: aws_vpc_security_group_ingress_rule, aws_vpc_security_group_egress_rule, aws_vpc_endpoint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.vpcs import VPCBackend

from .support import extend_method


def _init_rule(stock: Callable[..., None], rule: SecurityGroupRule, *args: Any, **kwargs: Any) -> None:
    stock(rule, *args, **kwargs)
    # Keyword or eighth positional argument of the stock method, after the source group.
    prefix_list = kwargs.get("prefix_list_id") or (args[7] if len(args) > 7 else None) or {}
    described = prefix_list.get("Description") or rule.source_group.get("Description")
    if described is not None:
        rule.ip_range = {**rule.ip_range, "Description": described}


def _delete_vpc_endpoints(stock: Callable[..., None], backend: Any, vpce_ids: list[str] | None = None) -> None:
    there = backend.vpc_end_points
    stock(backend, [vpce_id for vpce_id in vpce_ids or [] if vpce_id in there and there[vpce_id].state != "deleted"])


def install() -> None:
    """Install the extension."""
    extend_method(SecurityGroupRule, "__init__", _init_rule)
    extend_method(VPCBackend, "delete_vpc_endpoints", _delete_vpc_endpoints)
