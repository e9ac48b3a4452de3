"""EC2 Auto Scaling: fields of a group that moto drops, and the instance refresh, which it lacks.

Gaps: the instance maintenance policy comes back empty, and so does the capacity reservation preference, for which
AWS returns "default" when a request does not set it. A refresh is accepted, and no machine is replaced. Resource types:
aws_autoscaling_group.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.autoscaling.exceptions import ValidationError
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult
from moto.moto_api._internal import mock_random

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


def _refresh(response: AutoScalingResponse) -> ActionResult:
    if request_of(response)["AutoScalingGroupName"] not in response.autoscaling_backend.autoscaling_groups:
        raise ValidationError("AutoScalingGroup name not found")
    return ActionResult({"InstanceRefreshId": str(mock_random.uuid4())})


def install() -> None:
    """Install the extension."""
    AutoScalingResponse.start_instance_refresh = _refresh
    extend_method(AutoScalingResponse, "create_auto_scaling_group", _remember)
    extend_method(AutoScalingResponse, "update_auto_scaling_group", _remember)
