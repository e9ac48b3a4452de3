"""Cache user groups: moto has none. Resource type: aws_elasticache_user_group.

As on AWS, every user must exist, no two may share a name, and a group for Redis OSS needs a user named
"default"; one for Valkey does not.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult

from . import users
from .common import Response, Shelf, arn_of, fault, request_of, tag

GROUPS = Shelf("UserGroup", "UserGroupNotFound", "UserGroupAlreadyExists")
MINIMUM_VERSIONS = {"valkey": "7.2", "redis": "6.0"}


def _check_users(response: Response, engine: str, user_ids: list[str]) -> None:
    names = [users.get(response, user_id).name for user_id in user_ids]
    if len(set(names)) != len(names):
        raise fault("DuplicateUserName", f"Two users of the group have the same name: {', '.join(sorted(names))}.")
    if engine == "redis" and "default" not in names:
        raise fault("DefaultUserRequired", "A user group for redis must contain a user whose name is default.")


def _create(response: Response) -> ActionResult:
    request = request_of(response)
    name, engine, user_ids = request["UserGroupId"], request["Engine"].lower(), request.get("UserIds", [])
    _check_users(response, engine, user_ids)
    group: dict[str, Any] = {
        "UserGroupId": name,
        "Status": "active",
        "Engine": engine,
        "UserIds": user_ids,
        "MinimumEngineVersion": MINIMUM_VERSIONS[engine],
        "ReplicationGroups": [],
        "ARN": arn_of(response, "usergroup", name),
    }
    GROUPS.put(response, name, group)
    tag(response, group["ARN"], request)
    return ActionResult(group)


def _describe(response: Response) -> ActionResult:
    return ActionResult({"UserGroups": GROUPS.find(response, request_of(response).get("UserGroupId"))})


def _modify(response: Response) -> ActionResult:
    request = request_of(response)
    group = GROUPS.get(response, request["UserGroupId"])
    kept = [user_id for user_id in group["UserIds"] if user_id not in request.get("UserIdsToRemove", [])]
    user_ids = kept + request.get("UserIdsToAdd", [])
    engine = request.get("Engine", group["Engine"]).lower()
    _check_users(response, engine, user_ids)
    group["UserIds"] = user_ids
    group["Engine"] = engine
    group["MinimumEngineVersion"] = MINIMUM_VERSIONS[engine]
    return ActionResult(group)


def _delete(response: Response) -> ActionResult:
    return ActionResult(GROUPS.take(response, request_of(response)["UserGroupId"]) | {"Status": "deleting"})


def install() -> None:
    """Install this part."""
    Response.create_user_group = _create
    Response.describe_user_groups = _describe
    Response.modify_user_group = _modify
    Response.delete_user_group = _delete
