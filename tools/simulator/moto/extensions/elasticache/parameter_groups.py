"""Cache parameter groups: moto has none. Resource type: aws_elasticache_parameter_group.

Only parameters that were set are returned; whether the family has them is not checked.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult

from .common import Response, Shelf, arn_of, request_of, tag

GROUPS = Shelf("CacheParameterGroup", "CacheParameterGroupNotFound", "CacheParameterGroupAlreadyExists")
NAME = "CacheParameterGroupName"


def check_exists(response: Response, name: str) -> None:
    """Raise the API error when a cache names a parameter group that is neither AWS's own nor known."""
    if not name.startswith("default."):
        GROUPS.get(response, name)


def _create(response: Response) -> ActionResult:
    request = request_of(response)
    name = request[NAME]
    group = {
        NAME: name,
        "CacheParameterGroupFamily": request["CacheParameterGroupFamily"],
        "Description": request.get("Description", ""),
        "IsGlobal": False,
        "ARN": arn_of(response, "parametergroup", name),
        "_parameters": {},
    }
    GROUPS.put(response, name, group)
    tag(response, group["ARN"], request)
    return ActionResult({"CacheParameterGroup": group})


def _describe(response: Response) -> ActionResult:
    return ActionResult({"CacheParameterGroups": GROUPS.find(response, request_of(response).get(NAME))})


def _describe_parameters(response: Response) -> ActionResult:
    group = GROUPS.get(response, request_of(response)[NAME])
    fixed: dict[str, Any] = {"Source": "user", "DataType": "string", "IsModifiable": True}
    parameters = [
        {"ParameterName": name, "ParameterValue": value, **fixed} for name, value in group["_parameters"].items()
    ]
    return ActionResult({"Parameters": parameters})


def _modify(response: Response) -> ActionResult:
    request = request_of(response)
    group = GROUPS.get(response, request[NAME])
    for parameter in request.get("ParameterNameValues", []):
        group["_parameters"][parameter["ParameterName"]] = parameter["ParameterValue"]
    return ActionResult({NAME: group[NAME]})


def _reset(response: Response) -> ActionResult:
    request = request_of(response)
    group = GROUPS.get(response, request[NAME])
    for parameter in request.get("ParameterNameValues", []):
        group["_parameters"].pop(parameter["ParameterName"], None)
    return ActionResult({NAME: group[NAME]})


def _delete(response: Response) -> EmptyResult:
    GROUPS.take(response, request_of(response)[NAME])
    return EmptyResult()


def install() -> None:
    """Install this part."""
    Response.create_cache_parameter_group = _create
    Response.describe_cache_parameter_groups = _describe
    Response.describe_cache_parameters = _describe_parameters
    Response.modify_cache_parameter_group = _modify
    Response.reset_cache_parameter_group = _reset
    Response.delete_cache_parameter_group = _delete
