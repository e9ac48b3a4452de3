"""RDS Proxy: endpoints besides the default one, which moto lacks.

Gap: CreateDBProxyEndpoint, DescribeDBProxyEndpoints and DeleteDBProxyEndpoint are missing. Resource type:
aws_db_proxy_endpoint.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.rds.exceptions import RDSClientError
from moto.rds.models import RDSBackend, RDSBaseModel
from moto.rds.responses import RDSResponse

from .support import extend_method, plain, store

KIND = "proxy-endpoints"


class ProxyEndpoint(RDSBaseModel):
    """One endpoint; moto's base class gives it an ARN and tags."""

    resource_type = "db-proxy-endpoint"

    def __init__(self, backend: RDSBackend, vpc_id: str, request: dict[str, Any]) -> None:
        super().__init__(backend)
        letters = string.ascii_lowercase + string.digits
        self.unique_id = "prx-endpoint-" + "".join(random.choices(letters, k=17))
        self.tags = request.get("Tags") or []
        name = request["DBProxyEndpointName"]
        self.description = {
            "DBProxyEndpointName": name,
            "DBProxyEndpointArn": self.arn,
            "DBProxyName": request["DBProxyName"],
            "Status": "available",
            "VpcId": vpc_id,
            "VpcSecurityGroupIds": request.get("VpcSecurityGroupIds") or [],
            "VpcSubnetIds": request["VpcSubnetIds"],
            "Endpoint": f"{name}.endpoint.proxy-{self.unique_id[-12:]}.{self.region}.rds.amazonaws.com",
            "CreatedDate": utcnow(),
            "TargetRole": request.get("TargetRole") or "READ_WRITE",
            "IsDefault": False,
        }

    @property
    def resource_id(self) -> str:
        return self.unique_id


def _endpoints(response: RDSResponse) -> dict[str, ProxyEndpoint]:
    return store(response.backend, KIND)


def _create(response: RDSResponse) -> ActionResult:
    request = plain(response.params)
    name = request["DBProxyEndpointName"]
    if name in _endpoints(response):
        raise RDSClientError("DBProxyEndpointAlreadyExistsFault", f"DB proxy endpoint {name} already exists.")
    [proxy] = response.backend.describe_db_proxies(request["DBProxyName"])
    endpoint = ProxyEndpoint(response.backend, proxy.vpc_id, request)
    _endpoints(response)[name] = endpoint
    return ActionResult({"DBProxyEndpoint": endpoint.description})


def _get(response: RDSResponse, name: str) -> ProxyEndpoint:
    endpoint = _endpoints(response).get(name)
    if endpoint is None:
        raise RDSClientError("DBProxyEndpointNotFoundFault", f"DB proxy endpoint {name} not found.")
    return endpoint


def _describe(response: RDSResponse) -> ActionResult:
    name = response.params.get("DBProxyEndpointName")
    proxy = response.params.get("DBProxyName")
    found = [_get(response, name)] if name else list(_endpoints(response).values())
    descriptions = [endpoint.description for endpoint in found if proxy in (None, endpoint.description["DBProxyName"])]
    return ActionResult({"DBProxyEndpoints": descriptions})


def _delete(response: RDSResponse) -> ActionResult:
    endpoint = _get(response, response.params["DBProxyEndpointName"])
    del _endpoints(response)[endpoint.description["DBProxyEndpointName"]]
    return ActionResult({"DBProxyEndpoint": {**endpoint.description, "Status": "deleting"}})


def _resource_for_tagging(stock: Callable[..., Any], backend: RDSBackend, arn: str) -> Any:
    found = [endpoint for endpoint in store(backend, KIND).values() if endpoint.arn == arn]
    return found[0] if found else stock(backend, arn)


def install() -> None:
    """Install the extension."""
    RDSResponse.create_db_proxy_endpoint = _create
    RDSResponse.describe_db_proxy_endpoints = _describe
    RDSResponse.delete_db_proxy_endpoint = _delete
    extend_method(RDSBackend, "_get_resource_for_tagging", _resource_for_tagging)
