"""ECS services: fields of CreateService and UpdateService, and the progress of a deployment.

Gap: moto drops the capacity provider strategy, the deployment configuration (circuit breaker, alarms), ECS
Exec, managed tags, the health check grace period and AZ rebalancing; an update starts no deployment
and checks little; a family without a revision is its latest revision, even a deregistered one. Resource types:
aws_ecs_service, aws_ecs_task_definition.

Modelled here: every change that makes AWS replace tasks starts a new deployment. It is PRIMARY and IN_PROGRESS
with no running task, while the one before it drains as ACTIVE; once its tasks run (the second DescribeServices
after the change) it is COMPLETED and alone. A task definition that is unknown or deregistered fails the call.
Tasks never crash here, so the circuit breaker is stored and returned but cannot trip; unless another program runs the tasks
(claimed_services.py) and reports what becomes of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.exceptions import ECSException, EcsClientException, ServiceNotFoundException
from moto.ecs.models import Service
from moto.ecs.responses import EC2ContainerServiceResponse as Response

from . import claimed_services
from .claims import is_claimed
from .support import extend_method, now, request_of, with_parameter

# Request field -> attribute of moto's service, for fields that moto stores but does not update properly.
STORED_FIELDS = {
    "desiredCount": "desired_count",
    "taskDefinition": "task_definition",
    "networkConfiguration": "network_configuration",
    "platformVersion": "platform_version",
    "loadBalancers": "load_balancers",
    "serviceRegistries": "service_registries",
    "propagateTags": "propagate_tags",
}
# Request field -> what DescribeServices returns when the field was never sent. moto drops all of these.
DROPPED_FIELDS: dict[str, Any] = {
    "capacityProviderStrategy": None,
    "deploymentConfiguration": None,
    "enableECSManagedTags": False,
    "enableExecuteCommand": False,
    "healthCheckGracePeriodSeconds": None,
    "availabilityZoneRebalancing": "DISABLED",
    "placementConstraints": None,
    "placementStrategy": None,
    "serviceConnectConfiguration": None,
    "volumeConfigurations": None,
}
# A change of one of these fields replaces the tasks.
DEPLOYING_FIELDS = frozenset(
    {
        "taskDefinition",
        "networkConfiguration",
        "platformVersion",
        "loadBalancers",
        "serviceRegistries",
        "capacityProviderStrategy",
        "enableECSManagedTags",
        "enableExecuteCommand",
        "propagateTags",
        "serviceConnectConfiguration",
        "volumeConfigurations",
    }
)
POLLS_BEFORE_RUNNING = 2


def _task_definition_arn(response: Response, name: str) -> str:
    try:
        definition = response.ecs_backend.describe_task_definition(name)
    except ECSException as error:
        raise EcsClientException(f"Unable to find the task definition {name}.") from error
    if getattr(definition, "status", "ACTIVE") != "ACTIVE":
        raise EcsClientException(f"TaskDefinition is inactive: {name}")
    return definition.arn


def _new_deployment(service: Service) -> dict[str, Any]:
    deployment_id = f"ecs-svc/{random.randint(10**18, 10**19 - 1)}"
    return {
        "id": deployment_id,
        "status": "PRIMARY",
        "taskDefinition": service.task_definition,
        "desiredCount": service.desired_count,
        "runningCount": 0,
        "pendingCount": service.desired_count,
        "failedTasks": 0,
        "createdAt": now(),
        "updatedAt": now(),
        "launchType": service.launch_type,
        "capacityProviderStrategy": service.capacityProviderStrategy,
        "platformVersion": service.platform_version,
        "platformFamily": "Linux",
        "networkConfiguration": service.network_configuration or None,
        "rolloutState": "IN_PROGRESS",
        "rolloutStateReason": f"ECS deployment {deployment_id} in progress.",
        "_polls": 0,
    }


def _start_deployment(service: Service) -> None:
    for deployment in service.deployments:
        deployment.update(status="ACTIVE", updatedAt=now())
    service.deployments = [_new_deployment(service), *service.deployments[:1]]


def _advance(response: Response, service: Service) -> None:
    """Advance the service's newest deployment by one DescribeServices call."""
    if service.status != "ACTIVE" or not service.deployments:
        return
    if is_claimed(service.cluster_name, service.name):
        return
    primary = service.deployments[0]
    primary["_polls"] = primary.get("_polls", 0) + 1
    if primary["rolloutState"] == "IN_PROGRESS" and primary["_polls"] < POLLS_BEFORE_RUNNING:
        return
    wanted = service.desired_count
    primary.update(desiredCount=wanted, runningCount=wanted, pendingCount=0)
    if primary["rolloutState"] == "IN_PROGRESS":
        reason = f"ECS deployment {primary['id']} completed."
        primary.update(rolloutState="COMPLETED", rolloutStateReason=reason, updatedAt=now())
    service.deployments = [primary]
    claimed_services.count_tasks(response.ecs_backend, service, running=wanted, pending=0)


def _keep_dropped_fields(service: Service, request: dict[str, Any]) -> None:
    for field in DROPPED_FIELDS:
        if field not in request:
            continue
        value = request[field]
        if field == "deploymentConfiguration":
            # What an update leaves out stays as it was. Source: https://github.com/aws/copilot-cli/pull/4565.
            value = (service.deploymentConfiguration or {}) | value
        setattr(service, field, value)
    if service.capacityProviderStrategy:
        service.launch_type = None
        defaults = {"base": 0, "weight": 0}
        service.capacityProviderStrategy = [defaults | item for item in service.capacityProviderStrategy]


def _create_service(stock: Callable[..., ActionResult], response: Response) -> ActionResult:
    request = request_of(response)
    if "taskDefinition" in request:
        _task_definition_arn(response, request["taskDefinition"])
    answer = stock(response)
    service: Service = answer.result["service"]
    for field, default in DROPPED_FIELDS.items():
        setattr(service, field, default)
    _keep_dropped_fields(service, request)
    if "deploymentController" not in request:
        service.deployment_controller = None
    if service.deployments:
        service.deployments = [_new_deployment(service)]
    claimed_services.count_tasks(response.ecs_backend, service, running=0, pending=service.desired_count)
    claimed_services.changed(service)
    return answer


def _replaces_tasks(service: Service, request: dict[str, Any]) -> bool:
    if request.get("forceNewDeployment"):
        return True
    changed = (
        field
        for field in DEPLOYING_FIELDS & request.keys()
        if request[field] != getattr(service, STORED_FIELDS.get(field, field))
    )
    return any(changed)


def _update_service(response: Response) -> ActionResult:
    request = request_of(response)
    found, _ = response.ecs_backend.describe_services(request.get("cluster", "default"), [request["service"]])
    if not found or found[0].status != "ACTIVE":
        raise ServiceNotFoundException
    service = found[0]
    if "taskDefinition" in request:
        request["taskDefinition"] = _task_definition_arn(response, request["taskDefinition"])
    replaces_tasks = _replaces_tasks(service, request)
    for field, attribute in STORED_FIELDS.items():
        if field in request:
            setattr(service, attribute, request[field])
    _keep_dropped_fields(service, request)
    if replaces_tasks:
        _start_deployment(service)
    claimed_services.changed(service)
    return ActionResult({"service": service})


def _describe_services(stock: Callable[..., ActionResult], response: Response) -> ActionResult:
    answer = stock(response)
    for service in answer.result["services"]:
        _advance(response, service)
    return answer


def _describe_task_definition(stock: Callable[..., ActionResult], response: Response) -> ActionResult:
    """Describe the latest ACTIVE revision of a family. Source: ECS API reference, DescribeTaskDefinition."""
    name = request_of(response).get("taskDefinition", "")
    revisions = response.ecs_backend.task_definitions.get(name, {})
    active = [definition.arn for _, definition in sorted(revisions.items()) if definition.status == "ACTIVE"]
    if not revisions:
        return stock(response)
    if not active:
        raise EcsClientException("Unable to describe task definition.")
    return with_parameter(response, "taskDefinition", active[-1], lambda: stock(response))


def install() -> None:
    """Install the extension."""
    extend_method(Response, "create_service", _create_service)
    extend_method(Response, "describe_services", _describe_services)
    extend_method(Response, "describe_task_definition", _describe_task_definition)
    Response.update_service = _update_service
