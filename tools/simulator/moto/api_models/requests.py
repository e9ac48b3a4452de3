"""Reads from a WSGI request which operation it calls, and with which parameters."""

from __future__ import annotations

import gzip
import io
import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader
from moto.core.model import OperationModel, ServiceModel
from moto.core.parse import PROTOCOL_PARSERS
from werkzeug.wrappers import Request

from .routes import find_route

CREDENTIAL = re.compile(r"Credential=[^/]+/\d+/[^/]*/([^/]+)/aws4_request")
# Services whose name in a signature is not that of their model, or stands for several models.
BY_SIGNING_NAME = {
    "apigateway": ("apigatewayv2", "apigateway"),
    "dynamodb": ("dynamodb", "dynamodbstreams"),
    "elasticloadbalancing": ("elbv2", "elb"),
    "monitoring": ("cloudwatch",),
    "s3": ("s3", "s3control"),
    "ses": ("sesv2", "ses"),
    "states": ("stepfunctions",),
}
JSON_TYPES = ("application/x-amz-json-1.0", "application/x-amz-json-1.1")
FORM_TYPE = "application/x-www-form-urlencoded"


class Call(NamedTuple):
    """A request that the models know."""

    service: str
    operation: OperationModel
    protocol: str
    parameters: dict[str, Any]


class Unreadable(Exception):
    """A signed request that cannot be held against a model; the text says why."""


class Unsigned(Exception):
    """A request to no AWS API."""


def read_call(environ: dict[str, Any]) -> Call:
    """Return the operation and its parameters. Leaves the body readable. Raises Unsigned or Unreadable."""
    signed = CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
    if not signed:
        raise Unsigned()
    request = _copy_of(environ)
    for name in BY_SIGNING_NAME.get(signed[1], (signed[1],)):
        service = _service(name)
        if service is None:
            continue
        found = _operation(service, request)
        if found:
            return _parse(name, service, *found, request)
    raise Unreadable(f"{signed[1]}: no operation for {environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}")


def _copy_of(environ: dict[str, Any]) -> Request:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    copy = {**environ, "wsgi.input": io.BytesIO(body)}
    if environ.get("HTTP_CONTENT_ENCODING") == "gzip":
        body = gzip.decompress(body)
        copy |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    Request.max_form_memory_size = None
    return Request(copy)


@lru_cache(maxsize=None)
def _service(name: str) -> ServiceModel | None:
    try:
        return ServiceModel(Loader().load_service_model(name, "service-2"), name)
    except UnknownServiceError:
        return None


def _operation(service: ServiceModel, request: Request) -> tuple[str, str, dict[str, str]] | None:
    """Protocol, operation and path parameters, if the request is one of this service."""
    spoken = service.metadata.get("protocols", [service.metadata["protocol"]])
    kind = request.mimetype
    if kind in JSON_TYPES and "json" in spoken:
        prefix, _, name = request.headers.get("X-Amz-Target", "").partition(".")
        known = prefix == service.metadata.get("targetPrefix") and name in service.operation_names
        return ("json", name, {}) if known else None
    for protocol in ("ec2", "query"):
        if protocol in spoken and "Action" in request.values:
            name = request.values["Action"]
            known = request.values.get("Version") == service.api_version and name in service.operation_names
            return (protocol, name, {}) if known else None
    for protocol in ("rest-json", "rest-xml"):
        if protocol in spoken:
            raw = urlsplit(request.environ.get("RAW_URI") or request.path).path
            query = dict(parse_qsl(request.query_string.decode(), keep_blank_values=True))
            found = find_route(service, request.method, raw, query, request.headers)
            return (protocol, *found) if found else None
    return None


def _parse(
    name: str, service: ServiceModel, protocol: str, operation_name: str, labels: dict[str, str], request: Request
) -> Call:
    operation = service.operation_model(operation_name)
    parser = PROTOCOL_PARSERS[protocol](operation)
    body = request.get_data(cache=True) if request.mimetype != FORM_TYPE else b""
    values = request.values
    try:
        parameters = parser.parse(
            {
                "method": request.method,
                "values": values,
                "headers": request.headers,
                "body": b"" if _has_raw_body(operation) else body,
                "url_path": request.path,
                "url_params": labels,
            }
        )
    except Exception as error:
        raise Unreadable(f"{name}:{operation_name}: {error!r}") from error
    return Call(name, operation, protocol, parameters)


def _has_raw_body(operation: OperationModel) -> bool:
    """Whether the body is a file's content, which no model constrains."""
    shape = operation.input_shape
    payload = shape.serialization.get("payload") if shape else None
    return bool(payload) and shape.members[payload].type_name == "blob"
