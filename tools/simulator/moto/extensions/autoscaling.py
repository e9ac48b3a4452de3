"""EC2 Auto Scaling: fields of groups, hooks and policies that moto drops, and what it lacks.

Gaps: the instance maintenance policy, the warm-up and capacity rebalancing come back empty, and so does the capacity
reservation preference, for which AWS returns "default" when a request does not set it. An update that names no launch
template and no mixed instances policy loses the policy, where AWS keeps it. Hooks that a group begins with are dropped,
and every hook has a queue and a role that nobody gave. Policies come back disabled, and with an empty part for
predictive scaling. Instance refreshes, the completion of a lifecycle action and its heartbeat are missing: a refresh is
stored as successful, and no machine is replaced. Resource types: aws_autoscaling_group, aws_autoscaling_lifecycle_hook,
aws_autoscaling_policy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.autoscaling.exceptions import ValidationError
from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup, FakeScalingPolicy, LifecycleHook
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.moto_api._internal import mock_random

from .support import as_bool, extend_method, now, request_of, store


def _group_of(response: AutoScalingResponse) -> FakeAutoScalingGroup:
    name = request_of(response)["AutoScalingGroupName"]
    if name not in response.autoscaling_backend.autoscaling_groups:
        raise ValidationError("AutoScalingGroup name not found")
    return response.autoscaling_backend.autoscaling_groups[name]


def _create(stock: Callable[..., Any], response: AutoScalingResponse) -> Any:
    answer = stock(response)
    _remember(response)
    group = _group_of(response)
    for hook in request_of(response).get("LifecycleHookSpecificationList", []):
        response.autoscaling_backend.create_lifecycle_hook(
            name=hook["LifecycleHookName"],
            as_name=group.name,
            transition=hook["LifecycleTransition"],
            timeout=int(hook["HeartbeatTimeout"]) if "HeartbeatTimeout" in hook else None,
            result=hook.get("DefaultResult"),
        )
        _remember_hook(response, hook)
    return answer


def _update(stock: Callable[..., Any], response: AutoScalingResponse) -> Any:
    answer = stock(response)
    _remember(response)
    return answer


def _remember(response: AutoScalingResponse) -> None:
    request, group = request_of(response), _group_of(response)
    if "InstanceMaintenancePolicy" in request:
        group.instance_maintenance_policy = request["InstanceMaintenancePolicy"]
    if "DefaultInstanceWarmup" in request:
        group.default_instance_warmup = int(request["DefaultInstanceWarmup"])
    if "CapacityRebalance" in request:
        group.capacity_rebalance = as_bool(request["CapacityRebalance"])
    group.capacity_reservation_specification = request.get(
        "CapacityReservationSpecification", {"CapacityReservationPreference": "default"}
    )


def _keep_policy(
    stock: Callable[..., Any], group: FakeAutoScalingGroup, *args: Any, mixed_instances_policy: Any = None, **kwargs: Any
) -> Any:
    before = group.mixed_instances_policy
    answer = stock(group, *args, mixed_instances_policy=mixed_instances_policy, **kwargs)
    if not (mixed_instances_policy or kwargs.get("launch_template") or kwargs.get("launch_config_name")):
        group.mixed_instances_policy = before
    return answer


def _put_hook(stock: Callable[..., Any], response: AutoScalingResponse) -> Any:
    answer = stock(response)
    _remember_hook(response, request_of(response))
    return answer


def _remember_hook(response: AutoScalingResponse, request: dict[str, Any]) -> None:
    name = f"{_group_of(response).name}_{request['LifecycleHookName']}"
    hook: LifecycleHook = response.autoscaling_backend.lifecycle_hooks[name]
    hook.role_arn = request.get("RoleARN")
    hook.notification_target_arn = request.get("NotificationTargetARN")
    hook.notification_metadata = request.get("NotificationMetadata")


def _delete_group(stock: Callable[..., Any], backend: AutoScalingBackend, group_name: str) -> Any:
    answer = stock(backend, group_name)
    for key in [key for key, hook in backend.lifecycle_hooks.items() if hook.auto_scaling_group_name == group_name]:
        del backend.lifecycle_hooks[key]
    return answer


def _complete_policy(stock: Callable[..., Any], policy: FakeScalingPolicy, *args: Any, **kwargs: Any) -> None:
    stock(policy, *args, **kwargs)
    policy.enabled = True
    policy.predictive_scaling_configuration = policy.predictive_scaling_configuration or None


def _start_refresh(response: AutoScalingResponse) -> ActionResult:
    group, request = _group_of(response), request_of(response)
    refreshes = store(response.autoscaling_backend, "refreshes").setdefault(group.name, [])
    refresh = {
        "InstanceRefreshId": str(mock_random.uuid4()),
        "AutoScalingGroupName": group.name,
        "Status": "Successful",
        "StartTime": now(),
        "EndTime": now(),
        "PercentageComplete": 100,
        "InstancesToUpdate": 0,
        "Preferences": request.get("Preferences", {}),
        "DesiredConfiguration": request.get("DesiredConfiguration"),
        "Strategy": request.get("Strategy", "Rolling"),
    }
    refreshes.insert(0, refresh)
    return ActionResult({"InstanceRefreshId": refresh["InstanceRefreshId"]})


def _describe_refreshes(response: AutoScalingResponse) -> ActionResult:
    wanted = request_of(response).get("InstanceRefreshIds")
    refreshes = store(response.autoscaling_backend, "refreshes").get(_group_of(response).name, [])
    found = [refresh for refresh in refreshes if not wanted or refresh["InstanceRefreshId"] in wanted]
    return ActionResult({"InstanceRefreshes": found})


def _answer_hook(response: AutoScalingResponse) -> EmptyResult:
    group, request = _group_of(response), request_of(response)
    if f"{group.name}_{request['LifecycleHookName']}" not in response.autoscaling_backend.lifecycle_hooks:
        raise ValidationError(f"No Lifecycle Hook found with name: {request['LifecycleHookName']}")
    return EmptyResult()


def install() -> None:
    """Install the extension."""
    AutoScalingResponse.start_instance_refresh = _start_refresh
    AutoScalingResponse.describe_instance_refreshes = _describe_refreshes
    AutoScalingResponse.complete_lifecycle_action = _answer_hook
    AutoScalingResponse.record_lifecycle_action_heartbeat = _answer_hook
    extend_method(AutoScalingResponse, "create_auto_scaling_group", _create)
    extend_method(AutoScalingResponse, "update_auto_scaling_group", _update)
    extend_method(AutoScalingResponse, "put_lifecycle_hook", _put_hook)
    extend_method(FakeAutoScalingGroup, "update", _keep_policy)
    extend_method(FakeScalingPolicy, "__init__", _complete_policy)
    extend_method(AutoScalingBackend, "delete_auto_scaling_group", _delete_group)
