"""Application Auto Scaling: tags of scalable targets.

Gap: ListTagsForResource, TagResource and UntagResource are missing, and RegisterScalableTarget drops its tags,
so that the provider cannot even create a target. Resource types: aws_appautoscaling_target, and with it
aws_appautoscaling_policy and aws_appautoscaling_scheduled_action.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Response

from .support import extend_method, store


def _tags(response: Response, arn: str) -> dict[str, str]:
    return store(response.applicationautoscaling_backend, "tags").setdefault(arn, {})


def _register_scalable_target(stock: Callable[..., str], response: Response) -> str:
    answer = stock(response)
    _tags(response, json.loads(answer)["ScalableTargetARN"]).update(response._get_param("Tags") or {})
    return answer


def _list_tags_for_resource(response: Response) -> str:
    return json.dumps({"Tags": _tags(response, response._get_param("ResourceARN"))})


def _tag_resource(response: Response) -> str:
    _tags(response, response._get_param("ResourceARN")).update(response._get_param("Tags") or {})
    return "{}"


def _untag_resource(response: Response) -> str:
    tags = _tags(response, response._get_param("ResourceARN"))
    for key in response._get_param("TagKeys") or []:
        tags.pop(key, None)
    return "{}"


def install() -> None:
    """Install the extension."""
    extend_method(Response, "register_scalable_target", _register_scalable_target)
    additions: dict[str, Any] = {
        "list_tags_for_resource": _list_tags_for_resource,
        "tag_resource": _tag_resource,
        "untag_resource": _untag_resource,
    }
    for name, method in additions.items():
        setattr(Response, name, method)
