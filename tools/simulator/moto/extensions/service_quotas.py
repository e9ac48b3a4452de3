"""Service Quotas: AWS's defaults of Fargate.

Gap: moto knows the quotas of VPC only, and has no GetAWSDefaultServiceQuota and ListServiceQuotas.
Needed by the checks of quotas in ``make bootstrap`` and ``make verify-aws``; no resource type. The number is that of an account that has asked
for more than a new one gets.
"""

from __future__ import annotations

import json
from typing import Any

from moto.servicequotas.exceptions import NoSuchResource
from moto.servicequotas.responses import ServiceQuotasResponse

VCPUS = 4000.0
FARGATE = {
    "L-3032A538": "Fargate On-Demand vCPU resource count",
    "L-36FBB829": "Fargate Spot vCPU resource count",
}


def _quota(code: str) -> dict[str, Any]:
    quota = {"ServiceCode": "fargate", "QuotaCode": code, "QuotaName": FARGATE[code], "Value": VCPUS}
    return {**quota, "Adjustable": True, "GlobalQuota": False}


def _get_aws_default_service_quota(response: ServiceQuotasResponse) -> str:
    request: dict[str, Any] = json.loads(response.body)
    code = request.get("QuotaCode", "")
    if request.get("ServiceCode") != "fargate" or code not in FARGATE:
        raise NoSuchResource
    return json.dumps({"Quota": _quota(code)})


def _list_service_quotas(response: ServiceQuotasResponse) -> str:
    if json.loads(response.body).get("ServiceCode") != "fargate":
        raise NoSuchResource
    return json.dumps({"Quotas": [_quota(code) for code in FARGATE]})


def install() -> None:
    """Install the extension."""
    ServiceQuotasResponse.get_aws_default_service_quota = _get_aws_default_service_quota
    ServiceQuotasResponse.list_service_quotas = _list_service_quotas
