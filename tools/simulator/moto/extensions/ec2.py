"""EC2: descriptions of security group rules, repeated deletion of an endpoint, IPv6 blocks of subnets, tags of launch
templates, delivery of flow logs.

Gaps: moto returns descriptions only for rules with an address range, so that every plan wants to set the others
again. A modified rule keeps its prefix list, group or IPv6 range.
A gateway endpoint that is deleted again, as after a lost response, fails on routes that no longer exist.
The IPv6 block of a subnet cannot be filtered by its association, and its state has a wrong form.
The tags of a launch template come back as tags of the instances, too.
A flow log that names its log group by ARN, as the provider does, is said to deliver nothing.
Resource types: aws_vpc_security_group_ingress_rule, aws_vpc_security_group_egress_rule, aws_vpc_endpoint, aws_subnet,
aws_launch_template, aws_flow_log.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from moto.ec2.models.flow_logs import FlowLogs, FlowLogsBackend
from moto.ec2.models.launch_templates import LaunchTemplateBackend
from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
from moto.ec2.models.subnets import Subnet
from moto.ec2.models.vpcs import VPCBackend
from moto.logs.models import logs_backends

from .support import extend_method

# Source: service authorization reference of CloudWatch Logs, resource types; aws_flow_log's ARN has no `:*`.
LOG_GROUP_ARN = re.compile(r"arn:[^:]+:logs:(?P<region>[^:]+):(?P<account>[^:]+):log-group:(?P<name>[^:]+)(:\*)?")


def _init_rule(stock: Callable[..., None], rule: SecurityGroupRule, *args: Any, **kwargs: Any) -> None:
    stock(rule, *args, **kwargs)
    # Keyword or eighth positional argument of the stock method, after the source group.
    prefix_list = kwargs.get("prefix_list_id") or (args[7] if len(args) > 7 else None) or {}
    described = prefix_list.get("Description") or rule.source_group.get("Description")
    if described is not None:
        rule.ip_range = {**rule.ip_range, "Description": described}


def _modify_rules(stock: Callable[..., None], backend: Any, group_id: str, rules: dict[str, dict[str, Any]]) -> None:
    stock(backend, group_id, rules)
    group = backend.get_security_group_by_name_or_id(group_id)
    for rule_id, changed in rules.items():
        rule = group.get_rule(rule_id)
        if "PrefixListId" in changed:
            rule.prefix_list_id = changed["PrefixListId"]
        if "ReferencedGroupId" in changed:
            rule.source_group = {**rule.source_group, "GroupId": changed["ReferencedGroupId"]}
        if "CidrIpv6" in changed:
            rule.ip_range = {**rule.ip_range, "CidrIpv6": changed["CidrIpv6"]}


def _delete_vpc_endpoints(stock: Callable[..., None], backend: Any, vpce_ids: list[str] | None = None) -> None:
    there = backend.vpc_end_points
    stock(backend, [vpce_id for vpce_id in vpce_ids or [] if vpce_id in there and there[vpce_id].state != "deleted"])


def _subnet_filter_value(
    stock: Callable[..., Any], subnet: Subnet, filter_name: str, method_name: str | None = None
) -> Any:
    if filter_name == "ipv6-cidr-block-association.association-id":
        return list(subnet.ipv6_cidr_block_associations)
    return stock(subnet, filter_name, method_name)


def _subnet_ipv6_blocks(subnet: Subnet) -> list[dict[str, Any]]:
    # moto nests the state object in another one.
    return [
        {
            "ipv6CidrBlock": association["ipv6CidrBlock"],
            "associationId": association["associationId"],
            "ipv6CidrBlockState": {"state": association["ipv6CidrBlockState"]["State"]},
        }
        for association in subnet.ipv6_cidr_block_associations.values()
        if association["ipv6CidrBlockState"]["State"] == "associated"
    ]


def _create_launch_template(
    stock: Callable[..., Any], backend: Any, name: str, description: str, data: dict[str, Any], tags: dict[str, Any]
) -> Any:
    launched = [item for item in data.get("TagSpecifications", []) if item["ResourceType"] != "launch-template"]
    data["TagSpecifications"] = launched
    return stock(backend, name, description, data, tags)


def _create_flow_logs(
    stock: Callable[..., tuple[list[FlowLogs], list[Any]]], backend: Any, *args: Any, **kwargs: Any
) -> tuple[list[FlowLogs], list[Any]]:
    created, unsuccessful = stock(backend, *args, **kwargs)
    for flow_log in created:
        group = LOG_GROUP_ARN.fullmatch(flow_log.log_destination or "")
        # Without a name, moto has looked for a log group that is called None.
        if group and group["name"] in logs_backends[group["account"]][group["region"]].groups:
            flow_log.deliver_logs_status, flow_log.deliver_logs_error_message = "SUCCESS", None
    return created, unsuccessful


def install() -> None:
    """Install the extension."""
    extend_method(FlowLogsBackend, "create_flow_logs", _create_flow_logs)
    extend_method(SecurityGroupRule, "__init__", _init_rule)
    extend_method(SecurityGroupBackend, "modify_security_group_rules", _modify_rules)
    extend_method(VPCBackend, "delete_vpc_endpoints", _delete_vpc_endpoints)
    extend_method(Subnet, "get_filter_value", _subnet_filter_value)
    Subnet.ipv6_cidr_block_association_set = property(_subnet_ipv6_blocks)
    extend_method(LaunchTemplateBackend, "create_launch_template", _create_launch_template)
