"""ECS: DeleteCluster while services run in it: ClusterContainsServicesException.

Source: ECS API reference, DeleteCluster. Resource type: aws_ecs_cluster.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.ecs.models import EC2ContainerServiceBackend

from ..support import extend_method
from .common import code_for


def _delete_cluster(stock: Callable[..., Any], state: EC2ContainerServiceBackend, cluster_str: str) -> Any:
    name = cluster_str.split("/")[-1]
    active = [item for item in state.services.values() if item.cluster_name == name and item.status == "ACTIVE"]
    if active:
        code = code_for(state, "ClusterContainsServicesException", name)
        raise JsonRESTError(code, f"The Cluster cannot be deleted while Services are active: {active[0].name}.")
    return stock(state, cluster_str)


def install() -> None:
    """Install this part."""
    extend_method(EC2ContainerServiceBackend, "delete_cluster", _delete_cluster)
