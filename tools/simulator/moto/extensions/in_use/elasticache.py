"""ElastiCache: what a cache uses cannot be deleted (CacheSubnetGroupInUse, InvalidCacheParameterGroupState,
InvalidUserGroupState), a subnet group cannot lose a cache's subnet (SubnetInUse), and the user named ``default`` of a group cannot
be deleted (DefaultUserAssociatedToUserGroup). Any other user leaves its groups when it is deleted.

Source: ElastiCache API reference, errors of DeleteCacheSubnetGroup, ModifyCacheSubnetGroup, DeleteCacheParameterGroup,
DeleteUserGroup and DeleteUser. Resource types: aws_elasticache_subnet_group, _parameter_group, _user_group, _user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..elasticache import replication_groups, serverless_caches, subnet_groups, user_groups
from ..elasticache.common import Response, fault, request_of
from ..support import extend_method

DEFAULT_USER = "default"


def caches_in(response: Response, group: str) -> list[str]:
    """The caches that a subnet group is for."""
    replicated = replication_groups.GROUPS.items(response).items()
    names = [name for name, item in replicated if item["_member"]["CacheSubnetGroupName"] == group]
    alone = response.elasticache_backend.cache_clusters.items()
    return names + [name for name, item in alone if item.cache_subnet_group_name == group]


def _parameter_users(response: Response, name: str) -> Iterator[str]:
    for cache, item in replication_groups.GROUPS.items(response).items():
        if item["_member"]["CacheParameterGroupName"] == name:
            yield cache
    for cache, cluster in response.elasticache_backend.cache_clusters.items():
        if cluster.cache_parameter_group_name == name:
            yield cache


def _delete_subnet_group(stock: Callable[..., Any], response: Response) -> Any:
    name = request_of(response)[subnet_groups.NAME]
    users = caches_in(response, name)
    if users:
        message = f"Cache subnet group {name} is currently in use by a cache cluster: {', '.join(users)}."
        raise fault("CacheSubnetGroupInUse", message)
    return stock(response)


def _modify_subnet_group(stock: Callable[..., Any], response: Response) -> Any:
    request = request_of(response)
    name = request[subnet_groups.NAME]
    kept = request.get("SubnetIds")
    lost = [item for item in subnet_groups.get(response, name).subnet_ids if kept and item not in kept]
    users = caches_in(response, name)
    if lost and users:
        raise fault("SubnetInUse", f"The subnet {', '.join(lost)} is in use by {', '.join(users)}.")
    return stock(response)


def _delete_parameter_group(stock: Callable[..., Any], response: Response) -> Any:
    name = request_of(response)["CacheParameterGroupName"]
    users = list(_parameter_users(response, name))
    if users:
        message = f"One or more cache clusters are still members of this parameter group {name}: {', '.join(users)}."
        raise fault("InvalidCacheParameterGroupState", message)
    return stock(response)


def _delete_user_group(stock: Callable[..., Any], response: Response) -> Any:
    name = request_of(response)["UserGroupId"]
    users = [cache for cache, item in replication_groups.GROUPS.items(response).items() if name in item["UserGroupIds"]]
    users += [cache for cache, item in serverless_caches.CACHES.items(response).items() if item.get("UserGroupId") == name]
    if users:
        raise fault("InvalidUserGroupState", f"User group {name} is associated with {', '.join(users)}.")
    return stock(response)


def _delete_user(stock: Callable[..., Any], response: Response) -> Any:
    user_id = request_of(response)["UserId"]
    user = response.elasticache_backend.users.get(user_id)
    groups = [item for item in user_groups.GROUPS.items(response).values() if user_id in item["UserIds"]]
    if user is not None and user.name == DEFAULT_USER and groups:
        message = f"User {user_id} is the default user of {groups[0]['UserGroupId']} and cannot be deleted."
        raise fault("DefaultUserAssociatedToUserGroup", message)
    for group in groups:
        group["UserIds"] = [item for item in group["UserIds"] if item != user_id]
    return stock(response)


def install() -> None:
    """Install this part."""
    extend_method(Response, "delete_cache_subnet_group", _delete_subnet_group)
    extend_method(Response, "modify_cache_subnet_group", _modify_subnet_group)
    extend_method(Response, "delete_cache_parameter_group", _delete_parameter_group)
    extend_method(Response, "delete_user_group", _delete_user_group)
    extend_method(Response, "delete_user", _delete_user)
