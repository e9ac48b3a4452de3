"""What services of App Runner share: configurations, VPC connectors and connections."""

from __future__ import annotations

from collections.abc import Callable

from .region import Fields, Refused, Region, now, without_tags

LIMITS = {"MaxConcurrency": 100, "MinSize": 1, "MaxSize": 25}


def _status(kind: str, status: str) -> str:
    """AWS answers for auto scaling configurations in lower case, unlike its own model, and the provider compares it so."""
    return status.lower() if kind == "AutoScalingConfiguration" else status


def _refuse_used(region: Region, uses: Callable[[Fields], bool], what: str) -> None:
    users = [service["ServiceName"] for service in region.services() if uses(service)]
    if users:
        raise Refused("InvalidRequestException", f"{what} is used by the service {users[0]}.")


def _revision_of(region: Region, kind: str, name_key: str, name: str) -> int:
    return 1 + sum(1 for one in region.all(kind).values() if one[name_key] == name)


def create_configuration(kind: str, defaults: Fields, path: str) -> Callable[[Region, Fields], Fields]:
    """Auto scaling and observability configurations are alike: revisions of a name."""

    def create(region: Region, request: Fields) -> Fields:
        name = request[f"{kind}Name"]
        revision = _revision_of(region, kind, f"{kind}Name", name)
        arn = region.arn(f"{path}/{name}/{revision}")
        for other in region.all(kind).values():
            if other[f"{kind}Name"] == name:
                other["Latest"] = False
        made = {**defaults, **without_tags(request), f"{kind}Arn": arn, f"{kind}Revision": revision}
        region.all(kind)[arn] = {**made, "Latest": True, "Status": _status(kind, "ACTIVE"), "CreatedAt": now()}
        region.keep_tags(arn, request)
        return {kind: region.all(kind)[arn]}

    return create


def describe(kind: str) -> Callable[[Region, Fields], Fields]:
    return lambda region, request: {kind: region.find(kind, request[f"{kind}Arn"])}


def deactivate(kind: str, uses: Callable[[Fields, str], bool]) -> Callable[[Region, Fields], Fields]:
    def delete(region: Region, request: Fields) -> Fields:
        arn = request[f"{kind}Arn"]
        found = region.find(kind, arn)
        _refuse_used(region, lambda service: uses(service, arn), arn)
        found.update(Status=_status(kind, "INACTIVE"), DeletedAt=now())
        return {kind: found}

    return delete


def uses_scaling(service: Fields, arn: str) -> bool:
    return service["AutoScalingConfigurationSummary"]["AutoScalingConfigurationArn"] == arn


def uses_tracing(service: Fields, arn: str) -> bool:
    return service.get("ObservabilityConfiguration", {}).get("ObservabilityConfigurationArn") == arn


def uses_connector(service: Fields, arn: str) -> bool:
    return service["NetworkConfiguration"].get("EgressConfiguration", {}).get("VpcConnectorArn") == arn


def create_connector(region: Region, request: Fields) -> Fields:
    """Source: App Runner API reference, VpcConnector.VpcConnectorRevision: one revision for each name."""
    name = request["VpcConnectorName"]
    taken = [one for one in region.all("VpcConnector").values() if one["VpcConnectorName"] == name]
    if any(one["Status"] == "ACTIVE" for one in taken):
        raise Refused("InvalidRequestException", f"A VPC connector with the name {name} exists already.")
    arn = region.arn(f"vpcconnector/{name}/1")
    made = {**without_tags(request), "VpcConnectorArn": arn, "VpcConnectorRevision": 1}
    region.all("VpcConnector")[arn] = {**made, "Status": "ACTIVE", "CreatedAt": now()}
    region.keep_tags(arn, request)
    return {"VpcConnector": region.all("VpcConnector")[arn]}


def create_connection(region: Region, request: Fields) -> Fields:
    name = request["ConnectionName"]
    arn = region.arn(f"connection/{name}")
    made = {**without_tags(request), "ConnectionArn": arn, "Status": "PENDING_HANDSHAKE", "CreatedAt": now()}
    region.all("Connection")[arn] = made
    region.keep_tags(arn, request)
    return {"Connection": made}


def list_connections(region: Region, request: Fields) -> Fields:
    name = request.get("ConnectionName")
    found = [one for one in region.all("Connection").values() if name in (None, one["ConnectionName"])]
    return {"ConnectionSummaryList": found}


def delete_connection(region: Region, request: Fields) -> Fields:
    found = region.find("Connection", request["ConnectionArn"])
    del region.all("Connection")[request["ConnectionArn"]]
    return {"Connection": {**found, "Status": "DELETED"}}
