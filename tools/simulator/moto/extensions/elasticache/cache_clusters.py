"""Cache clusters: members of replication groups are not described, security groups and other nested fields are
dropped, and a deleted cluster stays "deleting" for ever.

Resource types: aws_elasticache_cluster, and aws_elasticache_replication_group, whose members the provider reads
here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.elasticache.models import CacheCluster

from ..support import extend_method
from . import parameter_groups, subnet_groups
from .common import Response, fault, request_of
from .replication_groups import DOMAIN, GROUPS, member_cluster
from .versions import full_version, parameter_group_family

ID = "CacheClusterId"


def _zone(cluster: CacheCluster, region: str) -> str:
    return cluster.preferred_availability_zone or f"{region}a"


def _create(stock: Callable[..., ActionResult], response: Response) -> ActionResult:
    request = request_of(response)
    if "CacheParameterGroupName" in request:
        parameter_groups.check_exists(response, request["CacheParameterGroupName"])
    if "CacheSubnetGroupName" in request:
        subnet_groups.get(response, request["CacheSubnetGroupName"])
    answer = stock(response)
    cluster: CacheCluster = answer.result["CacheCluster"]
    cluster.num_cache_nodes = int(request.get("NumCacheNodes") or 1)
    cluster.engine_version = full_version(cluster.engine, cluster.engine_version)
    cluster.preferred_availability_zone = _zone(cluster, response.region)
    if not cluster.cache_parameter_group_name:
        cluster.cache_parameter_group_name = "default." + parameter_group_family(cluster.engine, cluster.engine_version)
    return answer


def _security_groups(cluster: CacheCluster) -> list[dict[str, str]]:
    return [{"SecurityGroupId": item, "Status": "active"} for item in cluster.security_group_ids]


def _parameter_group(cluster: CacheCluster) -> dict[str, Any]:
    return {
        "CacheParameterGroupName": cluster.cache_parameter_group_name,
        "ParameterApplyStatus": "in-sync",
        "CacheNodeIdsToReboot": [],
    }


def _notification(cluster: CacheCluster) -> dict[str, str] | None:
    topic = cluster.notification_topic_arn
    return {"TopicArn": topic, "TopicStatus": "active"} if topic else None


def _nodes(cluster: CacheCluster) -> list[dict[str, Any]]:
    return [
        {
            "CacheNodeId": f"{number:04d}",
            "CacheNodeStatus": "available",
            "Endpoint": {"Address": f"{cluster.cache_cluster_id}.{number:04d}.{DOMAIN}", "Port": cluster.port},
            "CustomerAvailabilityZone": cluster.preferred_availability_zone,
        }
        for number in range(1, cluster.num_cache_nodes + 1)
    ]


def _describe(stock: Callable[..., ActionResult], response: Response) -> ActionResult:
    name = request_of(response).get(ID)
    member = member_cluster(response, name) if name else None
    if member:
        return ActionResult({"CacheClusters": [member]})
    if name:
        return stock(response)
    member_ids = [item for group in GROUPS.find(response, None) for item in group["MemberClusters"]]
    members = [member_cluster(response, item) for item in member_ids]
    return ActionResult({"CacheClusters": [*stock(response).result["CacheClusters"], *members]})


def _delete(response: Response) -> ActionResult:
    name = request_of(response)[ID]
    cluster = response.elasticache_backend.cache_clusters.pop(name, None)
    if cluster is None:
        raise fault("CacheClusterNotFound", f"CacheCluster {name} not found.")
    cluster.cache_cluster_status = "deleting"
    return ActionResult({"CacheCluster": cluster})


def install() -> None:
    """Install this part."""
    extend_method(Response, "create_cache_cluster", _create)
    extend_method(Response, "describe_cache_clusters", _describe)
    Response.delete_cache_cluster = _delete
    CacheCluster.security_groups = property(_security_groups)
    CacheCluster.cache_parameter_group = property(_parameter_group)
    CacheCluster.notification_configuration = property(_notification)
    CacheCluster.cache_nodes = property(_nodes)
