"""RDS: groups of a database cannot be deleted (InvalidDBSubnetGroupStateFault, InvalidDBParameterGroupState), and a subnet group
cannot lose the subnet that a database is in (SubnetAlreadyInUse).

Source: RDS API reference, errors of DeleteDBSubnetGroup, DeleteDBParameterGroup, DeleteDBClusterParameterGroup and
ModifyDBSubnetGroup. moto lets a modified subnet group keep its old subnets; that is mended here. Resource types:
aws_db_subnet_group, aws_db_parameter_group, aws_rds_cluster_parameter_group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from moto.rds.exceptions import RDSClientError
from moto.rds.models import RDSBackend

from ..support import extend_method


def _group_of(item: Any) -> str:
    """The subnet group of an instance (which moto keeps write-only) or a cluster."""
    name = item._db_subnet_group_name if hasattr(item, "_db_subnet_group_name") else item.db_subnet_group_name
    return (name or "").lower()


def _instances_in(state: RDSBackend, group: str) -> list[Any]:
    return [item for item in state.databases.values() if _group_of(item) == group.lower()]


def _clusters_in(state: RDSBackend, group: str) -> list[Any]:
    return [item for item in state.clusters.values() if _group_of(item) == group.lower()]


def subnets_of(state: RDSBackend, instance: Any) -> list[Any]:
    """The subnets of a database's group that it has an interface in: its zone, and that of its standby."""
    group = state.subnet_groups.get(_group_of(instance))
    subnets = list(group._subnets) if group else []
    zones = sorted({subnet.availability_zone for subnet in subnets})
    own = instance.availability_zone if instance.availability_zone in zones else (zones or [None])[0]
    standby = next((zone for zone in zones if zone != own), None) if instance.multi_az else None
    return [subnet for subnet in subnets if subnet.availability_zone in (own, standby)]


def _delete_subnet_group(stock: Callable[..., Any], state: RDSBackend, subnet_name: str) -> Any:
    users = [*_instances_in(state, subnet_name), *_clusters_in(state, subnet_name)]
    if users:
        message = f"Cannot delete the subnet group '{subnet_name}' because at least one database instance: {_id(users[0])} is still using it."
        raise RDSClientError("InvalidDBSubnetGroupStateFault", message)
    return stock(state, subnet_name)


def _modify_subnet_group(
    stock: Callable[..., Any], state: RDSBackend, subnet_name: str, description: str, subnets: list[Any]
) -> Any:
    kept = {subnet.id for subnet in subnets}
    for instance in _instances_in(state, subnet_name):
        lost = [subnet.id for subnet in subnets_of(state, instance) if subnet.id not in kept]
        if lost:
            message = f"Some of the subnets to be deleted are currently in use: {', '.join(lost)} ({_id(instance)})."
            raise RDSClientError("SubnetAlreadyInUse", message)
    group = stock(state, subnet_name, description, subnets)
    group._subnets = subnets
    state.subnet_groups[subnet_name] = group
    return group


def _users_of_parameters(state: RDSBackend, name: str, attribute: str, items: Iterator[Any]) -> None:
    users = [_id(item) for item in items if getattr(item, attribute, None) == name]
    if users:
        message = f"One or more database instances are still members of this parameter group {name}: {', '.join(users)}."
        raise RDSClientError("InvalidDBParameterGroupState", message)


def _delete_parameter_group(stock: Callable[..., Any], state: RDSBackend, db_parameter_group_name: str) -> Any:
    _users_of_parameters(state, db_parameter_group_name, "db_parameter_group_name", iter(state.databases.values()))
    return stock(state, db_parameter_group_name)


def _delete_cluster_parameter_group(
    stock: Callable[..., Any], state: RDSBackend, db_cluster_parameter_group_name: str
) -> Any:
    _users_of_parameters(state, db_cluster_parameter_group_name, "parameter_group", iter(state.clusters.values()))
    return stock(state, db_cluster_parameter_group_name)


def _id(item: Any) -> str:
    return getattr(item, "db_instance_identifier", None) or item.db_cluster_identifier


def install() -> None:
    """Install this part."""
    extend_method(RDSBackend, "delete_subnet_group", _delete_subnet_group)
    extend_method(RDSBackend, "modify_db_subnet_group", _modify_subnet_group)
    extend_method(RDSBackend, "delete_db_parameter_group", _delete_parameter_group)
    extend_method(RDSBackend, "delete_db_cluster_parameter_group", _delete_cluster_parameter_group)
