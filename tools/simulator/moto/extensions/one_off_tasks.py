"""ECS tasks that RunTask starts beside the services, on Fargate.

Gap: moto answers 500 for containers without memory of their own, which Fargate does not ask for, and to a capacity provider strategy,
the call's or the cluster's default one; it drops the overrides and the tags of the task definition; a task has one container only; its
network interface stays when it has ended, so that its subnet cannot be deleted; ListTasks takes it for a task of every service; StopTask
answers 500 for a task that is unknown. Resource types: none; `make migrate` needs it.

Modelled here: a task is PROVISIONING, PENDING, RUNNING and STOPPED, one after the other at each DescribeTasks; its containers end with
exit code 0. In a cluster whose service is claimed (claimed_services.py), the program that runs the service's tasks runs this one as
well, and reports what becomes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend, Task, TaskDefinition
from moto.ecs.responses import EC2ContainerServiceResponse as Response

from .claims import has_active_claim
from .support import extend_method, now, plain, request_of, with_parameter

FARGATE_PROVIDERS = ("FARGATE", "FARGATE_SPOT")
# What RunTask answers on AWS. Sources: https://github.com/terraform-linters/tflint-ruleset-aws/issues/349,
# https://github.com/dask/dask-cloudprovider/issues/328.
BOTH = "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."
NOT_ASSOCIATED = (
    "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. "
    "Associate the capacity provider with the cluster or specify a valid capacity provider and try again."
)
STATES = ("PROVISIONING", "PENDING", "RUNNING", "STOPPED")
# 128 + SIGTERM
STOPPED_BY_SIGNAL = 143


def _provider(strategy: list[dict[str, Any]]) -> str:
    """Where the first task goes: to the provider with a base, else to the one with the highest weight."""
    chosen = max(strategy, key=lambda item: (item.get("base", 0) > 0, item.get("weight", 0)))
    return str(chosen["capacityProvider"])


def _strategy(response: Response, request: dict[str, Any]) -> list[dict[str, Any]]:
    """The call's strategy, else the cluster's, unless the call has a launch type. Source: ECS API reference, RunTask."""
    given = request.get("capacityProviderStrategy")
    if given and request.get("launchType"):
        raise InvalidParameterException(BOTH)
    if request.get("launchType"):
        return []
    cluster = response.ecs_backend._get_cluster(request.get("cluster", "default"))
    if given and any(item["capacityProvider"] not in (cluster.capacity_providers or []) for item in given):
        raise InvalidParameterException(NOT_ASSOCIATED)
    return given or plain(cluster.default_capacity_provider_strategy or [])


def _run_task(stock: Callable[..., ActionResult], response: Response) -> ActionResult:
    request = request_of(response)
    strategy = _strategy(response, request)
    provider = _provider(strategy) if strategy else None
    on_fargate = request.get("launchType") == "FARGATE" or provider in FARGATE_PROVIDERS
    if not on_fargate:
        _require_instances(response.ecs_backend, request)
        return stock(response)
    answer = with_parameter(response, "launchType", "FARGATE", lambda: stock(response))
    for task in answer.result["tasks"]:
        _prepare(response.ecs_backend, task, request)
        task.capacityProviderName = provider
    return answer


def _resource_requirements(
    stock: Callable[..., dict[str, Any]], _backend: EC2ContainerServiceBackend, definition: TaskDefinition
) -> dict[str, Any]:
    """Require nothing of an instance where only the whole task has memory, which is a task for Fargate."""
    if all("memory" in each or "memoryReservation" in each for each in definition.container_definitions):
        return stock(definition)
    return {"CPU": 0, "MEMORY": 0, "PORTS": [], "PORTS_UDP": []}


def _require_instances(backend: EC2ContainerServiceBackend, request: dict[str, Any]) -> None:
    if not backend.container_instances.get(backend._get_cluster(request.get("cluster", "default")).name):
        raise InvalidParameterException("No Container Instances were found in your cluster.")


def _prepare(backend: EC2ContainerServiceBackend, task: Task, request: dict[str, Any]) -> None:
    definition = backend.describe_task_definition(task.task_definition_arn)
    task.__dict__["definition"] = _definition(definition, request.get("overrides", {}))
    task.containers = [
        {"name": each["name"], "image": each["image"], "lastStatus": "PENDING"}
        for each in task.__dict__["definition"]["containerDefinitions"]
    ]
    task.createdAt = now()
    # moto's own transitions know no exit code.
    task._transitions = []
    task.last_status = STATES[0]
    propagated = definition.tags if request.get("propagateTags") == "TASK_DEFINITION" else []
    managed = [{"key": "aws:ecs:clusterName", "value": task.cluster_name}] if request.get("enableECSManagedTags") else []
    task.tags = [*(propagated or []), *request.get("tags", []), *managed]


def _definition(definition: TaskDefinition, overrides: dict[str, Any]) -> dict[str, Any]:
    """The task definition as the overrides of a call change it."""
    changes = {each.get("name"): each for each in overrides.get("containerOverrides", [])}
    return {
        "arn": definition.arn,
        "family": definition.family,
        "revision": definition.revision,
        "cpu": overrides.get("cpu", definition.cpu),
        "memory": overrides.get("memory", definition.memory),
        "containerDefinitions": [
            _overridden(plain(each), changes.get(each["name"], {})) for each in definition.container_definitions
        ],
    }


def _overridden(container: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Replace the command; add variables, or change those of the same name. Source: ECS API reference, ContainerOverride."""
    variables = {each["name"]: each for each in [*container.get("environment", []), *change.get("environment", [])]}
    command = {"command": change["command"]} if "command" in change else {}
    return {**container, **command, "environment": list(variables.values())}


def _tasks(backend: EC2ContainerServiceBackend, cluster: str) -> Iterable[Task]:
    return [task for task in backend.tasks.get(cluster, {}).values() if "definition" in task.__dict__]


def wanted(backend: EC2ContainerServiceBackend, cluster: str) -> list[dict[str, Any]]:
    """The tasks of a cluster that have not ended, for the program that runs them."""
    return [
        {"id": task.id, "stop": task.desired_status == "STOPPED", "taskDefinition": task.__dict__["definition"]}
        for task in _tasks(backend, cluster)
        if not _has_ended(task)
    ]


def accept(backend: EC2ContainerServiceBackend, cluster: str, reports: list[dict[str, Any]]) -> None:
    """Make reports what ECS says of the tasks. One that has ended stays as it was."""
    known = {task.id: task for task in _tasks(backend, cluster)}
    for report in reports:
        task = known.get(report["id"])
        if task is None or _has_ended(task):
            continue
        task.last_status, task.containers = report["lastStatus"], report["containers"]
        if report["lastStatus"] == "STOPPED":
            _end(task, report["containers"], report["stopCode"], report["stoppedReason"])


def _has_ended(task: Task) -> bool:
    return hasattr(task, "stoppedAt")


def _end(task: Task, containers: list[dict[str, Any]], stop_code: str, reason: str) -> None:
    task.last_status = task.desired_status = "STOPPED"
    task.containers, task.stopCode, task.stopped_reason, task.stoppedAt = containers, stop_code, reason, now()
    ec2 = ec2_backends[task._account_id][task.region_name]
    for attachment in task.attachments:
        attachment["status"] = "DELETED"
        for detail in attachment["details"]:
            if detail["name"] == "networkInterfaceId" and detail["value"] in ec2.enis:
                ec2.delete_network_interface(detail["value"])


def _exited(task: Task, exit_code: int) -> list[dict[str, Any]]:
    return [{**each, "lastStatus": "STOPPED", "exitCode": exit_code} for each in task.containers]


def _advance(stock: Callable[..., None], task: Task) -> None:
    """Let a task that no program runs go on by one state."""
    if "definition" not in task.__dict__:
        stock(task)
    elif not _has_ended(task) and not has_active_claim(task._backend, task.cluster_name):
        # A program that is gone may have reported one of the states between RUNNING and STOPPED.
        known = task.last_status if task.last_status in STATES else "RUNNING"
        task.last_status = STATES[STATES.index(known) + 1]
        if task.last_status == "STOPPED":
            _end(task, _exited(task, 0), "EssentialContainerExited", "Essential container in task exited")
        else:
            task.containers = [{**each, "lastStatus": task.last_status} for each in task.containers]


def _stop_task(
    stock: Callable[..., Task], backend: EC2ContainerServiceBackend, cluster: str, name: str, reason: str
) -> Task:
    known = backend.tasks.get(backend._get_cluster(cluster).name, {}).values()
    task = next((each for each in known if each.id == name.split("/")[-1]), None)
    if task is None:
        raise InvalidParameterException("The referenced task was not found.")
    if "definition" not in task.__dict__:
        return stock(backend, cluster, name, reason)
    if has_active_claim(backend, task.cluster_name):
        task.desired_status = "STOPPED"
    elif not _has_ended(task):
        _end(task, _exited(task, STOPPED_BY_SIGNAL), "UserInitiated", reason or "Task stopped by user")
    return task


def _list_tasks(
    stock: Callable[..., list[Task]],
    backend: EC2ContainerServiceBackend,
    cluster: str | None = None,
    instance: str | None = None,
    family: str | None = None,
    started_by: str | None = None,
    service: str | None = None,
    desired: str | None = None,
) -> list[Task]:
    """No task here belongs to a service; one of a revision that was deregistered still belongs to its family."""
    if service:
        return []
    found = stock(backend, cluster, instance, None, started_by, None, desired)
    return [task for task in found if not family or task.task_definition_arn.split("/")[-1].split(":")[0] == family]


def install() -> None:
    """Install the extension."""
    extend_method(Response, "run_task", _run_task)
    extend_method(EC2ContainerServiceBackend, "_calculate_task_resource_requirements", _resource_requirements)
    extend_method(EC2ContainerServiceBackend, "list_tasks", _list_tasks)
    extend_method(EC2ContainerServiceBackend, "stop_task", _stop_task)
    extend_method(Task, "advance", _advance)
