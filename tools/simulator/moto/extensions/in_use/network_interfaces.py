"""EC2: DeleteSubnet and DeleteSecurityGroup while a network interface is in it, DeleteSecurityGroup while another group's rule
refers to it: DependencyViolation.

AWS makes the interfaces of load balancers, databases and so on; moto does not, so they are derived from those resources. Source:
EC2 API reference, "Error codes"; "Delete a subnet" and "Delete a security group" in the VPC user guide. Resource types: aws_subnet,
aws_security_group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.security_groups import SecurityGroupBackend
from moto.ec2.models.subnets import SubnetBackend

from ..support import extend_method, store
from . import rds
from .common import backend, code_for

GONE = frozenset({"deleted", "terminated", "shutting-down", "INACTIVE"})


class Holder(NamedTuple):
    """Something that has network interfaces."""

    name: str
    subnets: frozenset[str]
    groups: frozenset[str]


def holders(ec2: Any) -> Iterator[Holder]:
    """Everything in the account and region that has a network interface."""
    account, region = ec2.account_id, ec2.region_name
    yield from _in_ec2(ec2)
    for balancer in backend("elbv2", account, region).load_balancers.values():
        subnets = [subnet.id for subnet in balancer.subnets]
        yield _holder(f"load balancer {balancer.name}", subnets, balancer.security_groups)
    yield from _services(backend("ecs", account, region))
    yield from _databases(backend("rds", account, region))
    yield from _caches(backend("elasticache", account, region))
    for function in backend("lambda", account, region).list_functions():
        config = function.vpc_config or {}
        yield _holder(f"function {function.function_name}", config.get("SubnetIds"), config.get("SecurityGroupIds"))


def _holder(name: str, subnets: Any, groups: Any) -> Holder:
    return Holder(name, frozenset(subnets or []), frozenset(groups or []))


def _in_ec2(ec2: Any) -> Iterator[Holder]:
    made_by_others = set()
    for gateway in ec2.nat_gateways.values():
        made_by_others.add(gateway._eni.id)
        if gateway.state not in GONE:
            yield _holder(f"NAT gateway {gateway.id}", [gateway.subnet_id], [])
    for endpoint in ec2.vpc_end_points.values():
        made_by_others.update(endpoint.network_interface_ids)
        if endpoint.state not in GONE:
            yield _holder(f"endpoint {endpoint.id}", endpoint.subnet_ids, endpoint.security_group_ids)
    for instance in (item for reservation in ec2.reservations.values() for item in reservation.instances):
        made_by_others.update(interface.id for interface in instance.nics.values())
        if instance.state not in GONE:
            groups = [group.id for interface in instance.nics.values() for group in interface.group_set]
            yield _holder(f"instance {instance.id}", [instance.subnet_id], groups)
    for interface in ec2.enis.values():
        if interface.id not in made_by_others:
            groups = [group.id for group in interface.group_set]
            yield _holder(f"interface {interface.id}", [interface.subnet.id], groups)


def _services(ecs: Any) -> Iterator[Holder]:
    for service in ecs.services.values():
        config = (service.network_configuration or {}).get("awsvpcConfiguration", {})
        if service.status not in GONE and service.desired_count:
            yield _holder(f"service {service.name}", config.get("subnets"), config.get("securityGroups"))


def _databases(state: Any) -> Iterator[Holder]:
    for name, instance in state.databases.items():
        subnets = [subnet.id for subnet in rds.subnets_of(state, instance)]
        yield _holder(f"database {name}", subnets, instance.vpc_security_group_ids)
    for name, proxy in state.db_proxies.items():
        yield _holder(f"proxy {name}", proxy.vpc_subnet_ids, proxy.vpc_security_group_ids)


def _caches(state: Any) -> Iterator[Holder]:
    for name, cache in store(state, "ReplicationGroup").items():
        group = state.cache_subnet_groups.get(cache["_member"]["CacheSubnetGroupName"])
        yield _holder(f"cache {name}", group and group.subnet_ids, cache["_member"]["SecurityGroupIds"])
    for name, cluster in state.cache_clusters.items():
        group = state.cache_subnet_groups.get(cluster.cache_subnet_group_name)
        yield _holder(f"cache {name}", group and group.subnet_ids, cluster.security_group_ids)
    for name, cache in store(state, "ServerlessCache").items():
        yield _holder(f"serverless cache {name}", cache.get("SubnetIds"), cache.get("SecurityGroupIds"))


def _violation(ec2: Any, resource: str, message: str) -> EC2ClientError:
    return EC2ClientError(code_for(ec2, "DependencyViolation", resource), message)


def _delete_subnet(stock: Callable[..., Any], ec2: Any, subnet_id: str) -> Any:
    users = [holder.name for holder in holders(ec2) if subnet_id in holder.subnets]
    if users:
        message = f"The subnet '{subnet_id}' has dependencies and cannot be deleted: {', '.join(users)}."
        raise _violation(ec2, subnet_id, message)
    return stock(ec2, subnet_id)


def _delete_security_group(
    stock: Callable[..., Any], ec2: Any, name: str | None = None, group_id: str | None = None
) -> Any:
    if group_id:
        users = [holder.name for holder in holders(ec2) if group_id in holder.groups]
        users += [f"a rule of {other}" for other in _groups_referring_to(ec2, group_id)]
        if users:
            raise _violation(ec2, group_id, f"resource {group_id} has a dependent object: {', '.join(users)}.")
    return stock(ec2, name, group_id)


def _groups_referring_to(ec2: Any, group_id: str) -> Iterator[str]:
    for group in (group for groups in ec2.groups.values() for group in groups.values()):
        rules = [*group.ingress_rules, *group.egress_rules]
        if group.id != group_id and any(_source(rule) == group_id for rule in rules):
            yield group.id


def _source(rule: Any) -> str | None:
    return (rule.source_group or {}).get("GroupId")


def install() -> None:
    """Install this part."""
    extend_method(SubnetBackend, "delete_subnet", _delete_subnet)
    extend_method(SecurityGroupBackend, "delete_security_group", _delete_security_group)
