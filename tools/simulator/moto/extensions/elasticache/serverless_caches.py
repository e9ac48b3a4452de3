"""Serverless caches: moto has none. Resource type: aws_elasticache_serverless_cache."""

from __future__ import annotations

from moto.core.responses import ActionResult

from ..support import now
from . import user_groups
from .common import Response, Shelf, arn_of, only, request_of, tag

CACHES = Shelf("ServerlessCache", "ServerlessCacheNotFoundFault", "ServerlessCacheAlreadyExistsFault")
DOMAIN = "sim.serverless.apne1.cache.amazonaws.com"
PORT, READER_PORT = 6379, 6380
DEFAULT_MAJOR_VERSIONS = {"redis": "7", "valkey": "8", "memcached": "1.6"}
CREATE_FIELDS = {"CacheUsageLimits", "KmsKeyId", "SubnetIds", "UserGroupId"}
MODIFY_FIELDS = {
    "Description",
    "CacheUsageLimits",
    "SecurityGroupIds",
    "UserGroupId",
    "SnapshotRetentionLimit",
    "DailySnapshotTime",
    "MajorEngineVersion",
}


def _create(response: Response) -> ActionResult:
    request = request_of(response)
    if "UserGroupId" in request:
        user_groups.GROUPS.get(response, request["UserGroupId"])
    name, engine = request["ServerlessCacheName"], request["Engine"]
    version = request.get("MajorEngineVersion", DEFAULT_MAJOR_VERSIONS[engine])
    cache = only(request, CREATE_FIELDS) | {
        "ServerlessCacheName": name,
        "ARN": arn_of(response, "serverlesscache", name),
        "Description": request.get("Description", " "),
        "Status": "available",
        "Engine": engine,
        "MajorEngineVersion": version,
        "FullEngineVersion": version + ".0",
        "CreateTime": now(),
        "SecurityGroupIds": request.get("SecurityGroupIds", []),
        "SnapshotRetentionLimit": int(request.get("SnapshotRetentionLimit") or 0),
        "DailySnapshotTime": request.get("DailySnapshotTime", "05:00"),
        "Endpoint": {"Address": f"{name}-{DOMAIN}", "Port": PORT},
        "ReaderEndpoint": {"Address": f"{name}-{DOMAIN}", "Port": READER_PORT},
    }
    CACHES.put(response, name, cache)
    tag(response, cache["ARN"], request)
    return ActionResult({"ServerlessCache": cache})


def _describe(response: Response) -> ActionResult:
    return ActionResult({"ServerlessCaches": CACHES.find(response, request_of(response).get("ServerlessCacheName"))})


def _modify(response: Response) -> ActionResult:
    request = request_of(response)
    cache = CACHES.get(response, request["ServerlessCacheName"])
    cache["Engine"] = request.get("Engine", cache["Engine"]).lower()
    cache.update(only(request, MODIFY_FIELDS))
    cache["FullEngineVersion"] = cache["MajorEngineVersion"] + ".0"
    return ActionResult({"ServerlessCache": cache})


def _delete(response: Response) -> ActionResult:
    cache = CACHES.take(response, request_of(response)["ServerlessCacheName"])
    return ActionResult({"ServerlessCache": cache | {"Status": "deleting"}})


def install() -> None:
    """Install this part."""
    Response.create_serverless_cache = _create
    Response.describe_serverless_caches = _describe
    Response.modify_serverless_cache = _modify
    Response.delete_serverless_cache = _delete
