"""EC2: the description of a security group rule whose other end is a security group or a prefix list.

Gap: moto returns the description of rules with an address range only, so that the provider wants to set it again and again.
Resource types: aws_vpc_security_group_ingress_rule, aws_vpc_security_group_egress_rule.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ec2.models.security_groups import SecurityGroupRule

from .support import extend_method


def _init(stock: Callable[..., None], rule: SecurityGroupRule, *args: Any, **kwargs: Any) -> None:
    stock(rule, *args, **kwargs)
    # Keyword or eighth positional argument of the stock method, after the source group.
    prefix_list = kwargs.get("prefix_list_id") or (args[7] if len(args) > 7 else None) or {}
    described = prefix_list.get("Description") or rule.source_group.get("Description")
    if described is not None:
        rule.ip_range = {**rule.ip_range, "Description": described}


def install() -> None:
    """Install the extension."""
    extend_method(SecurityGroupRule, "__init__", _init)
