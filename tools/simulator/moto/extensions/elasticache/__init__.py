"""ElastiCache: what a cache needs besides the cluster; one module for each resource.

Gaps: see each module. Resource types: aws_elasticache_cluster, _parameter_group, _replication_group,
_serverless_cache, _subnet_group, _user, _user_group. References between them are checked as AWS checks them (an
unknown group or user is an error); engine versions, node types and sizes are not.
"""

from __future__ import annotations

from . import (
    cache_clusters,
    node_counts,
    parameter_groups,
    replication_groups,
    serverless_caches,
    subnet_groups,
    tags,
    user_groups,
    users,
)

ALL = (
    parameter_groups,
    subnet_groups,
    users,
    user_groups,
    cache_clusters,
    replication_groups,
    node_counts,
    serverless_caches,
    tags,
)


def install() -> None:
    """Install every part."""
    for part in ALL:
        part.install()
