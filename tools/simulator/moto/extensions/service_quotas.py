"""Service Quotas: AWS's defaults of Fargate.

Gap: moto knows the quotas of VPC only, and has no GetAWSDefaultServiceQuota.
Needed by the check of quotas in ``make bootstrap``; no resource type. The number is that of an account that has asked
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


def _get_aws_default_service_quota(response: ServiceQuotasResponse) -> str:
    request: dict[str, Any] = json.loads(response.body)
    code = request.get("QuotaCode", "")
    if request.get("ServiceCode") != "fargate" or code not in FARGATE:
        raise NoSuchResource
    quota = {"ServiceCode": "fargate", "QuotaCode": code, "QuotaName": FARGATE[code], "Value": VCPUS}
    return json.dumps({"Quota": {**quota, "Adjustable": True, "GlobalQuota": False}})


def install() -> None:
    """Install the extension."""
    ServiceQuotasResponse.get_aws_default_service_quota = _get_aws_default_service_quota
