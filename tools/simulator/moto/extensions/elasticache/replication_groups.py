"""Replication groups (Redis OSS and Valkey): moto keeps few fields and no member clusters, and cannot modify one.

Resource type: aws_elasticache_replication_group, with or without cluster mode, TLS, AUTH token, user groups and log
delivery. Everything is available at once; failover, snapshots and resharding do not happen. Another engine or version,
and the parameter group that comes with it, wait for a request with ApplyImmediately: there is no maintenance window.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult

from ..support import as_bool, now
from . import parameter_groups, subnet_groups, user_groups
from .common import Response, Shelf, arn_of, fault, only, request_of, tag
from .versions import full_version, parameter_group_family

GROUPS = Shelf("ReplicationGroup", "ReplicationGroupNotFoundFault", "ReplicationGroupAlreadyExists")
DOMAIN = "sim.apne1.cache.amazonaws.com"
SLOTS = 16384
DEFAULT_PORT = 6379
# Fields that ModifyReplicationGroup sets as they are, on the group and on its member clusters.
GROUP_FIELDS = {"CacheNodeType", "SnapshotWindow", "SnapshotRetentionLimit", "AutoMinorVersionUpgrade", "KmsKeyId"}
MEMBER_FIELDS = {"PreferredMaintenanceWindow", "CacheParameterGroupName", "SecurityGroupIds", "NotificationTopicArn"}
# What changes the engine. Source: ElastiCache API reference, ModifyReplicationGroup, ApplyImmediately.
UPGRADE_FIELDS = {"Engine", "EngineVersion", "CacheParameterGroupName"}


def _on_off(value: Any) -> str:
    return "enabled" if as_bool(value) else "disabled"


def _check(response: Response, request: dict[str, Any]) -> None:
    """The references and combinations that AWS refuses at once."""
    if "CacheParameterGroupName" in request:
        parameter_groups.check_exists(response, request["CacheParameterGroupName"])
    if "CacheSubnetGroupName" in request:
        subnet_groups.get(response, request["CacheSubnetGroupName"])
    for user_group in request.get("UserGroupIds", []):
        user_groups.GROUPS.get(response, user_group)
    secured = "UserGroupIds" in request or "AuthToken" in request
    if secured and not as_bool(request.get("TransitEncryptionEnabled", False)):
        message = "User groups and AUTH tokens need TransitEncryptionEnabled."
        raise fault("InvalidParameterCombination", message)
    if as_bool(request.get("MultiAZEnabled", False)) and not as_bool(request.get("AutomaticFailoverEnabled", False)):
        raise fault("InvalidParameterCombination", "MultiAZEnabled needs AutomaticFailoverEnabled.")


def _is_clustered(request: dict[str, Any]) -> bool:
    by_group = str(request.get("CacheParameterGroupName", "")).endswith("cluster.on")
    return by_group or int(request.get("NumNodeGroups") or 0) > 1 or request.get("ClusterMode") == "enabled"


def node_groups(response: Response, request: dict[str, Any], clustered: bool) -> list[dict[str, Any]]:
    """The shards with their members, as a request wants them."""
    name = request["ReplicationGroupId"]
    shards = int(request.get("NumNodeGroups") or 1)
    replicas = request.get("ReplicasPerNodeGroup")
    nodes = int(replicas) + 1 if replicas is not None else int(request.get("NumCacheClusters") or 1)
    groups = []
    for shard in range(1, shards + 1):
        prefix = f"{name}-{shard:04d}" if clustered else name
        members = [
            {
                "CacheClusterId": f"{prefix}-{node:03d}",
                "CacheNodeId": "0001",
                "PreferredAvailabilityZone": response.region + ("a" if node % 2 else "c"),
                "CurrentRole": "primary" if node == 1 else "replica",
            }
            for node in range(1, nodes + 1)
        ]
        group = {"NodeGroupId": f"{shard:04d}", "Status": "available", "NodeGroupMembers": members}
        groups.append(group | (_slots(shard, shards) if clustered else _endpoints(request)))
    return groups


def member_ids(shards: list[dict[str, Any]]) -> list[str]:
    """The ids of all members."""
    return [member["CacheClusterId"] for shard in shards for member in shard["NodeGroupMembers"]]


def _slots(shard: int, shards: int) -> dict[str, Any]:
    first, last = (shard - 1) * SLOTS // shards, shard * SLOTS // shards - 1
    return {"Slots": f"{first}-{last}"}


def _endpoints(request: dict[str, Any]) -> dict[str, Any]:
    host, port = f"{request['ReplicationGroupId']}.{DOMAIN}", int(request.get("Port") or DEFAULT_PORT)
    tls = as_bool(request.get("TransitEncryptionEnabled", False))
    primary, reader = ("master.", "replica.") if tls else ("", "ro-")
    return {
        "PrimaryEndpoint": {"Address": primary + host, "Port": port},
        "ReaderEndpoint": {"Address": reader + host, "Port": port},
    }


def _member_settings(request: dict[str, Any], clustered: bool) -> dict[str, Any]:
    """What DescribeCacheClusters shows of each member, but DescribeReplicationGroups does not."""
    engine = request.get("Engine", "redis")
    version = full_version(engine, request.get("EngineVersion"))
    default_group = "default." + parameter_group_family(engine, version) + (".cluster.on" if clustered else "")
    return {
        "EngineVersion": version,
        "Port": int(request.get("Port") or DEFAULT_PORT),
        "CacheSubnetGroupName": request.get("CacheSubnetGroupName", "default"),
        "PreferredMaintenanceWindow": request.get("PreferredMaintenanceWindow", "sun:05:00-sun:06:00"),
        "CacheParameterGroupName": request.get("CacheParameterGroupName", default_group),
        "SecurityGroupIds": request.get("SecurityGroupIds", []),
        "NotificationTopicArn": request.get("NotificationTopicArn"),
    }


def _new_group(response: Response, request: dict[str, Any]) -> dict[str, Any]:
    name, clustered = request["ReplicationGroupId"], _is_clustered(request)
    tls = as_bool(request.get("TransitEncryptionEnabled", False))
    shards = node_groups(response, request, clustered)
    group = {
        "ReplicationGroupId": name,
        "ARN": arn_of(response, "replicationgroup", name),
        "Description": request.get("ReplicationGroupDescription"),
        "Status": "available",
        "Engine": request.get("Engine", "redis"),
        "PendingModifiedValues": {},
        "NodeGroups": shards,
        "MemberClusters": member_ids(shards),
        "AutomaticFailover": _on_off(request.get("AutomaticFailoverEnabled", False)),
        "MultiAZ": _on_off(request.get("MultiAZEnabled", False)),
        "ClusterEnabled": clustered,
        "ClusterMode": "enabled" if clustered else "disabled",
        "CacheNodeType": request.get("CacheNodeType", "cache.t4g.micro"),
        "SnapshotRetentionLimit": int(request.get("SnapshotRetentionLimit") or 0),
        "SnapshotWindow": request.get("SnapshotWindow", "05:00-06:00"),
        "AuthTokenEnabled": "AuthToken" in request,
        "TransitEncryptionEnabled": tls,
        "TransitEncryptionMode": request.get("TransitEncryptionMode", "required") if tls else None,
        "AtRestEncryptionEnabled": as_bool(request.get("AtRestEncryptionEnabled", False)),
        "KmsKeyId": request.get("KmsKeyId"),
        "UserGroupIds": request.get("UserGroupIds", []),
        "LogDeliveryConfigurations": _log_deliveries(request),
        "DataTiering": _on_off(request.get("DataTieringEnabled", False)),
        "AutoMinorVersionUpgrade": as_bool(request.get("AutoMinorVersionUpgrade", True)),
        "NetworkType": request.get("NetworkType", "ipv4"),
        "IpDiscovery": request.get("IpDiscovery", "ipv4"),
        "ReplicationGroupCreateTime": now(),
        "_member": _member_settings(request, clustered),
        "_pending": {},
    }
    if clustered:
        port = group["_member"]["Port"]
        group["ConfigurationEndpoint"] = {"Address": f"clustercfg.{name}.{DOMAIN}", "Port": port}
    return group


def _log_deliveries(request: dict[str, Any]) -> list[dict[str, Any]]:
    wanted = [item for item in request.get("LogDeliveryConfigurations", []) if item.get("Enabled", True)]
    return [{key: value for key, value in item.items() if key != "Enabled"} | {"Status": "active"} for item in wanted]


def member_cluster(response: Response, cluster_id: str) -> dict[str, Any] | None:
    """DescribeCacheClusters' view of a replication group's member, or None when no group has such a member."""
    for group in GROUPS.items(response).values():
        if cluster_id in group["MemberClusters"]:
            return _member_view(response, group, cluster_id)
    return None


def _member_view(response: Response, group: dict[str, Any], cluster_id: str) -> dict[str, Any]:
    settings, zone = group["_member"], response.region + "a"
    shared = {"ReplicationGroupId", "CacheNodeType", "SnapshotRetentionLimit", "SnapshotWindow", "AuthTokenEnabled"}
    shared |= {"TransitEncryptionEnabled", "TransitEncryptionMode", "AtRestEncryptionEnabled", "Engine"}
    shared |= {"AutoMinorVersionUpgrade", "NetworkType", "IpDiscovery"}
    topic = settings["NotificationTopicArn"]
    endpoint = {"Address": f"{cluster_id}.{DOMAIN}", "Port": settings["Port"]}
    return only(group, shared) | {
        "CacheClusterId": cluster_id,
        "ARN": arn_of(response, "cluster", cluster_id),
        "CacheClusterStatus": "available",
        "EngineVersion": settings["EngineVersion"],
        "NumCacheNodes": 1,
        "PreferredAvailabilityZone": zone,
        "PreferredMaintenanceWindow": settings["PreferredMaintenanceWindow"],
        "CacheParameterGroup": {
            "CacheParameterGroupName": settings["CacheParameterGroupName"],
            "ParameterApplyStatus": "in-sync",
            "CacheNodeIdsToReboot": [],
        },
        "CacheSubnetGroupName": settings["CacheSubnetGroupName"],
        "SecurityGroups": [{"SecurityGroupId": item, "Status": "active"} for item in settings["SecurityGroupIds"]],
        "NotificationConfiguration": {"TopicArn": topic, "TopicStatus": "active"} if topic else None,
        "CacheNodes": [
            {
                "CacheNodeId": "0001",
                "CacheNodeStatus": "available",
                "Endpoint": endpoint,
                "CustomerAvailabilityZone": zone,
            }
        ],
    }


def _create(response: Response) -> ActionResult:
    request = request_of(response)
    _check(response, request)
    group = GROUPS.put(response, request["ReplicationGroupId"], _new_group(response, request))
    tag(response, group["ARN"], request)
    return ActionResult({"ReplicationGroup": group})


def _describe(response: Response) -> ActionResult:
    name = request_of(response).get("ReplicationGroupId")
    return ActionResult({"ReplicationGroups": GROUPS.find(response, name)})


def _upgrade(group: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    """The request without what changes the engine, or with what earlier requests left for the maintenance window."""
    asked = only(request, UPGRADE_FIELDS) if {"Engine", "EngineVersion"} & set(request) else {}
    if not as_bool(request.get("ApplyImmediately", False)):
        group["_pending"].update(asked)
        return {name: value for name, value in request.items() if name not in asked}
    pending = group["_pending"] | request
    group["_pending"] = {}
    return pending


def _modify(response: Response) -> ActionResult:
    request = request_of(response)
    group = GROUPS.get(response, request["ReplicationGroupId"])
    if "CacheParameterGroupName" in request:
        parameter_groups.check_exists(response, request["CacheParameterGroupName"])
    request = _upgrade(group, request)
    group["Engine"] = request.get("Engine", group["Engine"]).lower()
    group.update(only(request, GROUP_FIELDS))
    group["_member"].update(only(request, MEMBER_FIELDS))
    if "ReplicationGroupDescription" in request:
        group["Description"] = request["ReplicationGroupDescription"]
    if "EngineVersion" in request:
        group["_member"]["EngineVersion"] = full_version(group["Engine"], request["EngineVersion"])
    if "AuthToken" in request:
        group["AuthTokenEnabled"] = request.get("AuthTokenUpdateStrategy") != "DELETE"
    for field, shown in (("AutomaticFailoverEnabled", "AutomaticFailover"), ("MultiAZEnabled", "MultiAZ")):
        if field in request:
            group[shown] = _on_off(request[field])
    if "LogDeliveryConfigurations" in request:
        group["LogDeliveryConfigurations"] = _log_deliveries(request)
    removed = request.get("UserGroupIdsToRemove", [])
    kept = [item for item in group["UserGroupIds"] if item not in removed]
    group["UserGroupIds"] = kept + request.get("UserGroupIdsToAdd", [])
    return ActionResult({"ReplicationGroup": group})


def _delete(response: Response) -> ActionResult:
    group = GROUPS.take(response, request_of(response)["ReplicationGroupId"])
    return ActionResult({"ReplicationGroup": group | {"Status": "deleting"}})


def install() -> None:
    """Install this part."""
    Response.create_replication_group = _create
    Response.describe_replication_groups = _describe
    Response.modify_replication_group = _modify
    Response.delete_replication_group = _delete
