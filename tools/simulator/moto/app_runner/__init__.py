"""App Runner, which moto does not have.

Resource types: aws_apprunner_service, _vpc_connector, _auto_scaling_configuration_version, _observability_configuration, _connection,
_custom_domain_association. It stores what it is sent; a service is RUNNING at once, and nothing runs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from . import services, sharable
from .region import Fields, Refused, Region

TARGET = "AppRunner."
SCALING, TRACING = "AutoScalingConfiguration", "ObservabilityConfiguration"


def _list_tags(region: Region, request: Fields) -> Fields:
    tags = region.all("tags").get(request["ResourceArn"], {})
    return {"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}


def _tag(region: Region, request: Fields) -> Fields:
    tags = {tag["Key"]: tag["Value"] for tag in request["Tags"]}
    region.all("tags").setdefault(request["ResourceArn"], {}).update(tags)
    return {}


def _untag(region: Region, request: Fields) -> Fields:
    for key in request["TagKeys"]:
        region.all("tags").get(request["ResourceArn"], {}).pop(key, None)
    return {}


ACTIONS: dict[str, Callable[[Region, Fields], Fields]] = {
    f"Create{SCALING}": sharable.create_configuration(SCALING, sharable.LIMITS, "autoscalingconfiguration"),
    f"Describe{SCALING}": sharable.describe(SCALING),
    f"Delete{SCALING}": sharable.deactivate(SCALING, sharable.uses_scaling),
    f"Create{TRACING}": sharable.create_configuration(TRACING, {}, "observabilityconfiguration"),
    f"Describe{TRACING}": sharable.describe(TRACING),
    f"Delete{TRACING}": sharable.deactivate(TRACING, sharable.uses_tracing),
    "CreateVpcConnector": sharable.create_connector,
    "DescribeVpcConnector": sharable.describe("VpcConnector"),
    "DeleteVpcConnector": sharable.deactivate("VpcConnector", sharable.uses_connector),
    "CreateConnection": sharable.create_connection,
    "ListConnections": sharable.list_connections,
    "DeleteConnection": sharable.delete_connection,
    "CreateService": services.create_service,
    "DescribeService": lambda region, request: {"Service": region.find("services", request["ServiceArn"])},
    "UpdateService": services.update_service,
    "DeleteService": services.delete_service,
    "ListServices": services.list_services,
    "ListOperations": services.list_operations,
    "AssociateCustomDomain": services.associate_domain,
    "DescribeCustomDomains": services.describe_domains,
    "DisassociateCustomDomain": services.disassociate_domain,
    "ListTagsForResource": _list_tags,
    "TagResource": _tag,
    "UntagResource": _untag,
}


def answer(region: str, environ: dict[str, Any]) -> tuple[int, Fields]:
    """The status and the body of the answer to a request. Raises NotImplementedError for an unknown action."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    action = environ.get("HTTP_X_AMZ_TARGET", "").removeprefix(TARGET)
    handler = ACTIONS.get(action)
    if handler is None:
        raise NotImplementedError(f"apprunner:{action}")
    try:
        return 200, handler(Region(region), json.loads(body or b"{}"))
    except Refused as error:
        return 400, {"__type": error.code, "Message": str(error)}
