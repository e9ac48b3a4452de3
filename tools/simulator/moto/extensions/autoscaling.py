"""EC2 Auto Scaling: fields of a group that moto drops.

Gaps: the instance maintenance policy comes back empty, and so does the capacity reservation preference, for which
AWS returns "default" when a request does not set it. Resource types: aws_autoscaling_group.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.autoscaling.responses import AutoScalingResponse

from .support import extend_method, request_of


def _remember(stock: Callable[..., Any], response: AutoScalingResponse) -> Any:
    answer = stock(response)
    request = request_of(response)
    group = response.autoscaling_backend.autoscaling_groups[request["AutoScalingGroupName"]]
    if "InstanceMaintenancePolicy" in request:
        group.instance_maintenance_policy = request["InstanceMaintenancePolicy"]
    group.capacity_reservation_specification = request.get(
        "CapacityReservationSpecification", {"CapacityReservationPreference": "default"}
    )
    return answer


def install() -> None:
    """Install the extension."""
    extend_method(AutoScalingResponse, "create_auto_scaling_group", _remember)
    extend_method(AutoScalingResponse, "update_auto_scaling_group", _remember)
