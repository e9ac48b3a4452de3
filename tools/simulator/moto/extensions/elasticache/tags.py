"""Tags: moto refuses ListTagsForResource for ARNs of resource types that it lacks."""

from __future__ import annotations

from moto.core.responses import ActionResult

from .common import Response, request_of


def _list_tags_for_resource(response: Response) -> ActionResult:
    arn = request_of(response)["ResourceName"]
    tags = response.elasticache_backend.tagging_service.list_tags_for_resource(arn)
    return ActionResult({"TagList": tags["Tags"]})


def install() -> None:
    """Install this part."""
    Response.list_tags_for_resource = _list_tags_for_resource
