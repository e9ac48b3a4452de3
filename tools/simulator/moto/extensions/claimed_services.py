"""ECS services whose tasks run elsewhere (see compute.py): what ECS wants of them, and what was reported.

Gap: moto runs nothing, so ListTasks, DescribeTasks, StopTask and DescribeTargetHealth know no task of a service. For a claimed service
they answer with the reported tasks and targets. Resource types: none; the tools that operate a service need it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.models import EC2ContainerServiceBackend, Service
from moto.ecs.responses import EC2ContainerServiceResponse as EcsResponse
from moto.elbv2.responses import ELBV2Response

from . import one_off_tasks
from .claims import claimed_services, find
from .support import extend_method, now, request_of

# ECS returns the latest 100 events of a service. Source: ECS API reference, Service.
MOST_EVENTS = 100


def changed(service: Service) -> None:
    """Note that ECS wants something else of a service than before."""
    service.__dict__["generation"] = service.__dict__.get("generation", 0) + 1


def desired_state(cluster: str, name: str) -> dict[str, Any]:
    """What ECS wants of a service. Requests to stop a task are handed out once."""
    found = find(cluster, name)
    if found is None:
        return {"exists": False}
    backend, service = found
    definition = backend.describe_task_definition(service.task_definition)
    stop, service.__dict__["tasks_to_stop"] = service.__dict__.get("tasks_to_stop", []), []
    for deployment in service.deployments:
        _deployments(service)[deployment["id"]] = deployment
    return {
        "exists": True,
        "status": service.status,
        "generation": service.__dict__.get("generation", 0),
        "desiredCount": service.desired_count,
        "deployment": service.deployments[0]["id"] if service.deployments else "",
        "deploymentConfiguration": service.deploymentConfiguration or {},
        "healthCheckGracePeriodSeconds": service.healthCheckGracePeriodSeconds or 0,
        "loadBalancers": service.load_balancers,
        "taskDefinition": {
            "arn": definition.arn,
            "family": definition.family,
            "revision": definition.revision,
            "cpu": definition.cpu,
            "memory": definition.memory,
            "containerDefinitions": definition.container_definitions,
        },
        "tasksToStop": stop,
        "oneOffTasks": one_off_tasks.wanted(backend, cluster),
    }


def accept(cluster: str, name: str, report: dict[str, Any]) -> bool:
    """Make a report what ECS and the load balancer say. Returns whether it answers the current desired state."""
    found = find(cluster, name)
    if found is None or found[1].__dict__.get("generation", 0) != report["generation"]:
        return False
    backend, service = found
    known = _deployments(service)
    service.deployments = [_updated(known[each["id"]], each, index) for index, each in enumerate(report["deployments"])]
    service.task_definition = service.deployments[0]["taskDefinition"]
    running = sum(each["runningCount"] for each in report["deployments"])
    pending = sum(each["pendingCount"] for each in report["deployments"])
    count_tasks(backend, service, running, pending)
    events = [_dated({**each, "message": f"(service {name}) {each['message']}"}) for each in report["events"]]
    service.events = [*reversed(events), *service.events][:MOST_EVENTS]
    service.__dict__["reported_tasks"] = [_task(backend, service, each) for each in report["tasks"]]
    service.__dict__["reported_targets"] = report["targets"]
    one_off_tasks.accept(backend, cluster, report["oneOffTasks"])
    return True


def count_tasks(backend: EC2ContainerServiceBackend, service: Service, running: int, pending: int) -> None:
    """Set the service's task counts and update the cluster's sums."""
    cluster = backend._get_cluster(service.cluster_name)
    backend.update_cluster_resources(cluster, running - service.running_count, task_state="RUNNING")
    backend.update_cluster_resources(cluster, pending - service.pending_count, task_state="PENDING")
    service.running_count, service.pending_count = running, pending


def _deployments(service: Service) -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = service.__dict__.setdefault("every_deployment", {})
    return known


def _updated(deployment: dict[str, Any], report: dict[str, Any], index: int) -> dict[str, Any]:
    status = "PRIMARY" if index == 0 else "ACTIVE"
    if any(deployment.get(key) != value for key, value in report.items()):
        deployment["updatedAt"] = now()
    deployment.update(report, status=status)
    return deployment


def _dated(item: dict[str, Any]) -> dict[str, Any]:
    """Replace times in milliseconds since the epoch, which JSON can carry, by moto's."""
    return {
        key: datetime.datetime.fromtimestamp(value / 1000, datetime.timezone.utc).replace(tzinfo=None)
        if key.endswith("At")
        else value
        for key, value in item.items()
    }


def _task(backend: EC2ContainerServiceBackend, service: Service, report: dict[str, Any]) -> dict[str, Any]:
    place = f"arn:aws:ecs:{backend.region_name}:{backend.account_id}"
    definition = _deployments(service)[report["deployment"]]["taskDefinition"]
    return {
        **_dated({key: value for key, value in report.items() if key not in ("id", "deployment")}),
        "taskArn": f"{place}:task/{service.cluster_name}/{report['id']}",
        "clusterArn": service.cluster_arn,
        "taskDefinitionArn": definition,
        "group": f"service:{service.name}",
        "startedBy": report["deployment"],
        "launchType": "FARGATE",
    }


def _claimed_in(response: EcsResponse) -> list[Service]:
    cluster = (request_of(response).get("cluster") or "default").split("/")[-1]
    return [service for service in claimed_services() if service.cluster_name == cluster]


def _tasks_of(services: list[Service]) -> list[dict[str, Any]]:
    return [task for service in services for task in service.__dict__.get("reported_tasks", [])]


def _list_tasks(stock: Callable[..., ActionResult], response: EcsResponse) -> ActionResult:
    services = _claimed_in(response)
    if not services:
        return stock(response)
    others = stock(response).result["taskArns"]
    request = request_of(response)
    family, service = request.get("family"), request.get("serviceName", "").split("/")[-1]
    desired = request.get("desiredStatus", "RUNNING")
    found = [
        task["taskArn"]
        for task in _tasks_of(services)
        if task["desiredStatus"] == desired
        and (not family or task["taskDefinitionArn"].split("/")[-1].split(":")[0] == family)
        and (not service or task["group"] == f"service:{service}")
    ]
    return ActionResult({"taskArns": [*found, *others]})


def _describe_tasks(stock: Callable[..., ActionResult], response: EcsResponse) -> ActionResult:
    services = _claimed_in(response)
    if not services:
        return stock(response)
    asked = {name.split("/")[-1] for name in request_of(response).get("tasks", [])}
    tasks = [task for task in _tasks_of(services) if task["taskArn"].split("/")[-1] in asked]
    if len(tasks) == len(asked):
        return ActionResult({"tasks": tasks, "failures": []})
    # Tasks that RunTask has started.
    return ActionResult({"tasks": [*tasks, *stock(response).result["tasks"]], "failures": []})


def _stop_task(stock: Callable[..., ActionResult], response: EcsResponse) -> ActionResult:
    task_id = request_of(response).get("task", "").split("/")[-1]
    for service in _claimed_in(response):
        for task in _tasks_of([service]):
            if task["taskArn"].endswith(f"/{task_id}"):
                service.__dict__.setdefault("tasks_to_stop", []).append(task_id)
                return ActionResult({"task": {**task, "desiredStatus": "STOPPED"}})
    return stock(response)


def _describe_target_health(stock: Callable[..., ActionResult], response: ELBV2Response) -> ActionResult:
    group = response._get_param("TargetGroupArn")
    for service in claimed_services():
        if service.status != "ACTIVE":
            continue
        if any(each.get("targetGroupArn") == group for each in service.load_balancers):
            return ActionResult({"TargetHealthDescriptions": service.__dict__.get("reported_targets", [])})
    return stock(response)


def install() -> None:
    """Install the extension."""
    extend_method(EcsResponse, "list_tasks", _list_tasks)
    extend_method(EcsResponse, "describe_tasks", _describe_tasks)
    extend_method(EcsResponse, "stop_task", _stop_task)
    extend_method(ELBV2Response, "describe_target_health", _describe_target_health)
