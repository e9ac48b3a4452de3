"""Cache subnet groups: DeleteCacheSubnetGroup and ModifyCacheSubnetGroup are missing.

Resource type: aws_elasticache_subnet_group.
"""

from __future__ import annotations

from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.models import CacheSubnetGroup

from .common import Response, fault, request_of

NAME = "CacheSubnetGroupName"


def get(response: Response, name: str) -> CacheSubnetGroup:
    """One subnet group, or the API error that it is missing."""
    group = response.elasticache_backend.cache_subnet_groups.get(name)
    if group is None:
        raise fault("CacheSubnetGroupNotFoundFault", f"CacheSubnetGroup {name} not found.")
    return group


def _delete(response: Response) -> EmptyResult:
    name = request_of(response)[NAME]
    get(response, name)
    del response.elasticache_backend.cache_subnet_groups[name]
    return EmptyResult()


def _modify(response: Response) -> ActionResult:
    request = request_of(response)
    old = get(response, request[NAME])
    changed = CacheSubnetGroup(
        account_id=response.current_account,
        region_name=response.region,
        cache_subnet_group_name=request[NAME],
        cache_subnet_group_description=request.get("CacheSubnetGroupDescription", old.cache_subnet_group_description),
        subnet_ids=request.get("SubnetIds", old.subnet_ids),
        tags=old.tags,
    )
    response.elasticache_backend.cache_subnet_groups[request[NAME]] = changed
    return ActionResult({"CacheSubnetGroup": changed})


def install() -> None:
    """Install this part."""
    Response.delete_cache_subnet_group = _delete
    Response.modify_cache_subnet_group = _modify
