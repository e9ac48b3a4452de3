"""Services of App Runner and their domain names."""

from __future__ import annotations

import uuid

from .region import Fields, Refused, Region, now, without_tags

HEALTH_CHECK = {
    "Protocol": "TCP",
    "Path": "/",
    "Interval": 5,
    "Timeout": 2,
    "HealthyThreshold": 1,
    "UnhealthyThreshold": 5,
}
NETWORK = {
    "EgressConfiguration": {"EgressType": "DEFAULT"},
    "IngressConfiguration": {"IsPubliclyAccessible": True},
    "IpAddressType": "IPV4",
}
INSTANCE = {"Cpu": "1024", "Memory": "2048"}


def _scaling_summary(region: Region, request: Fields) -> Fields:
    arn = request.get("AutoScalingConfigurationArn")
    if arn is None:
        return {"AutoScalingConfigurationArn": region.arn("autoscalingconfiguration/DefaultConfiguration/1")}
    found = region.find("AutoScalingConfiguration", arn)
    names = ("AutoScalingConfigurationArn", "AutoScalingConfigurationName", "AutoScalingConfigurationRevision")
    return {name: found[name] for name in names}


def create_service(region: Region, request: Fields) -> Fields:
    name = request["ServiceName"]
    if any(service["ServiceName"] == name for service in region.services()):
        raise Refused("InvalidRequestException", f"Service with the provided name already exists: {name}.")
    arn = region.arn(f"service/{name}")
    sent = {key: value for key, value in without_tags(request).items() if key != "AutoScalingConfigurationArn"}
    time = now()
    made = {
        "HealthCheckConfiguration": HEALTH_CHECK,
        "ObservabilityConfiguration": {"ObservabilityEnabled": False},
        **sent,
        "InstanceConfiguration": {**INSTANCE, **request.get("InstanceConfiguration", {})},
        "NetworkConfiguration": {**NETWORK, **request.get("NetworkConfiguration", {})},
        "AutoScalingConfigurationSummary": _scaling_summary(region, request),
        "ServiceArn": arn,
        "ServiceId": arn.rsplit("/", 1)[1],
        "ServiceUrl": f"{arn.rsplit('/', 1)[1][:10]}.{region.name}.awsapprunner.com",
        "CreatedAt": time,
        "UpdatedAt": time,
        "Status": "RUNNING",
    }
    region.all("services")[arn] = made
    region.keep_tags(arn, request)
    return {"Service": made, "OperationId": _operation(region, arn, "CREATE_SERVICE")}


def update_service(region: Region, request: Fields) -> Fields:
    service = region.find("services", request["ServiceArn"])
    sent = {key: value for key, value in request.items() if key != "AutoScalingConfigurationArn"}
    service.update(sent, UpdatedAt=now())
    if "AutoScalingConfigurationArn" in request:
        service["AutoScalingConfigurationSummary"] = _scaling_summary(region, request)
    return {"Service": service, "OperationId": _operation(region, service["ServiceArn"], "UPDATE_SERVICE")}


def delete_service(region: Region, request: Fields) -> Fields:
    service = region.find("services", request["ServiceArn"])
    service.update(Status="DELETED", DeletedAt=now())
    return {"Service": service, "OperationId": _operation(region, service["ServiceArn"], "DELETE_SERVICE")}


def _operation(region: Region, arn: str, kind: str) -> str:
    time = now()
    made = {"Id": str(uuid.uuid4()), "Type": kind, "Status": "SUCCEEDED", "TargetArn": arn}
    region.all("operations").setdefault(arn, []).insert(0, {**made, "StartedAt": time, "EndedAt": time, "UpdatedAt": time})
    return made["Id"]


def list_operations(region: Region, request: Fields) -> Fields:
    return {"OperationSummaryList": region.all("operations").get(request["ServiceArn"], [])}


SUMMARY = ("ServiceName", "ServiceId", "ServiceArn", "ServiceUrl", "CreatedAt", "UpdatedAt", "Status")


def list_services(region: Region, _: Fields) -> Fields:
    return {"ServiceSummaryList": [{key: service[key] for key in SUMMARY} for service in region.services()]}


def _domains(region: Region, arn: str) -> dict[str, Fields]:
    region.find("services", arn)
    return region.all("domains").setdefault(arn, {})


def _domain_answer(region: Region, arn: str) -> Fields:
    return {"DNSTarget": region.find("services", arn)["ServiceUrl"], "ServiceArn": arn, "VpcDNSTargets": []}


def associate_domain(region: Region, request: Fields) -> Fields:
    arn, name = request["ServiceArn"], request["DomainName"]
    record = {"Type": "CNAME", "Value": f"_{uuid.uuid4().hex}.acm-validations.aws.", "Status": "PENDING_VALIDATION"}
    made = {
        "DomainName": name,
        "EnableWWWSubdomain": request.get("EnableWWWSubdomain", True),
        "CertificateValidationRecords": [{**record, "Name": f"_{uuid.uuid4().hex}.{name}."}],
        # AWS answers in lower case, unlike its own model, and the provider compares it so.
        "Status": "pending_certificate_dns_validation",
    }
    _domains(region, arn)[name] = made
    return {**_domain_answer(region, arn), "CustomDomain": made}


def describe_domains(region: Region, request: Fields) -> Fields:
    arn = request["ServiceArn"]
    return {**_domain_answer(region, arn), "CustomDomains": list(_domains(region, arn).values())}


def disassociate_domain(region: Region, request: Fields) -> Fields:
    arn, name = request["ServiceArn"], request["DomainName"]
    found = _domains(region, arn).pop(name, None)
    if found is None:
        raise Refused("ResourceNotFoundException", f"Resource not found: {name}")
    return {**_domain_answer(region, arn), "CustomDomain": {**found, "Status": "deleting"}}
