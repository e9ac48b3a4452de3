"""Words a refusal as the service would: its error code, in the format of its protocol, with status 400."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from .constraints import Violation

# "Common errors" in the API reference of each service: ValidationError (query), ValidationException (JSON).
BY_PROTOCOL = {
    "json": "ValidationException",
    "rest-json": "ValidationException",
    "rest-xml": "InvalidInput",
    "query": "ValidationError",
    "ec2": "InvalidParameterValue",
}
# Services that answer with a code of their own. Source: the errors of their operations in the API models.
BY_SERVICE = {
    "apigatewayv2": "BadRequestException",
    "cloudfront": "InvalidArgument",
    "ecr": "InvalidParameterException",
    "ecs": "InvalidParameterException",
    "elasticache": "InvalidParameterValue",
    "lambda": "InvalidParameterValueException",
    "logs": "InvalidParameterException",
    "rds": "InvalidParameterValue",
    "s3": "InvalidArgument",
}
# EC2, RDS and ElastiCache have an error of their own for what is missing. Source: the "Common errors" of each.
MISSING = {"ec2": "MissingParameter", "rds": "MissingParameter", "elasticache": "MissingParameter"}

Refusal = tuple[dict[str, str], str]


def code_of(service: str, protocol: str, broken: list[Violation]) -> str:
    """AWS's error code for these violations."""
    if all(violation.kind == "required" for violation in broken) and service in MISSING:
        return MISSING[service]
    return BY_SERVICE.get(service, BY_PROTOCOL[protocol])


def message_of(broken: list[Violation]) -> str:
    """AWS's wording for one or more violations."""
    noun = "validation error" if len(broken) == 1 else "validation errors"
    return f"{len(broken)} {noun} detected: " + "; ".join(violation.text for violation in broken)


def refusal(service: str, protocol: str, code: str, message: str) -> Refusal:
    """Headers and body of the answer."""
    if protocol in ("json", "rest-json"):
        headers = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-errortype": code}
        return headers, json.dumps({"__type": code, "message": message, "Message": message})
    error = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    if protocol == "ec2":
        body = f"<Response><Errors><Error>{error}</Error></Errors></Response>"
    elif service == "s3":
        body = f"<Error>{error}</Error>"
    else:
        body = f"<ErrorResponse><Error><Type>Sender</Type>{error}</Error></ErrorResponse>"
    return {"Content-Type": "text/xml"}, body
