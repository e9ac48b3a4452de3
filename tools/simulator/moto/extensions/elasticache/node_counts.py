"""Replicas and shards of a replication group: moto has no action that changes their number.

Resource type: aws_elasticache_replication_group. The members change at once; data does not move, and AWS's own limits
for failover are not checked.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult

from .common import Response, request_of
from .replication_groups import GROUPS, member_ids, node_groups


def _resize(response: Response, group: dict[str, Any], shards: int, replicas: int) -> ActionResult:
    request = {
        "ReplicationGroupId": group["ReplicationGroupId"],
        "NumNodeGroups": shards,
        "ReplicasPerNodeGroup": replicas,
        "TransitEncryptionEnabled": group["TransitEncryptionEnabled"],
        "Port": group["_member"]["Port"],
    }
    group["NodeGroups"] = node_groups(response, request, group["ClusterEnabled"])
    group["MemberClusters"] = member_ids(group["NodeGroups"])
    return ActionResult({"ReplicationGroup": group})


def _set_replicas(response: Response) -> ActionResult:
    request = request_of(response)
    group = GROUPS.get(response, request["ReplicationGroupId"])
    return _resize(response, group, len(group["NodeGroups"]), int(request["NewReplicaCount"]))


def _set_shards(response: Response) -> ActionResult:
    request = request_of(response)
    group = GROUPS.get(response, request["ReplicationGroupId"])
    replicas = len(group["NodeGroups"][0]["NodeGroupMembers"]) - 1
    return _resize(response, group, int(request["NodeGroupCount"]), replicas)


def install() -> None:
    """Install this part."""
    Response.increase_replica_count = _set_replicas
    Response.decrease_replica_count = _set_replicas
    Response.modify_replication_group_shard_configuration = _set_shards
