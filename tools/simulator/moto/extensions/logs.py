"""CloudWatch Logs: query definitions, log group classes, keys of existing log groups, validation of metric filters.

Gaps: query definitions are missing; a log group's class is dropped, so that INFREQUENT_ACCESS is replaced on
every plan; AssociateKmsKey and DisassociateKmsKey are missing; PutMetricFilter takes any text as a pattern, for a log group that need not exist, and appends
instead of replacing; TestMetricFilter is missing. Resource types: aws_cloudwatch_query_definition,
aws_cloudwatch_log_group with ``log_group_class`` or another ``kms_key_id``, aws_cloudwatch_log_metric_filter. Patterns: see
log_patterns.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

from moto.logs.exceptions import LogsClientError, ResourceNotFoundException
from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse as Response

from .log_patterns import InvalidPattern, Matcher, compile_pattern
from .support import extend_method, now, store

DEFAULT_CLASS = "STANDARD"


def _compile(pattern: str) -> Matcher:
    try:
        return compile_pattern(pattern)
    except InvalidPattern as error:
        raise LogsClientError("InvalidParameterException", f"Invalid metric filter pattern: {error}") from error


def _put_metric_filter(stock: Callable[..., str], response: Response) -> str:
    _compile(response._get_param("filterPattern") or "")
    group, name = response._get_param("logGroupName"), response._get_param("filterName")
    if group not in response.logs_backend.groups:
        raise ResourceNotFoundException()
    response.logs_backend.filters.delete_filter(name, group)
    return stock(response)


def _test_metric_filter(response: Response) -> str:
    matcher = _compile(response._get_param("filterPattern") or "")
    matches = []
    for number, message in enumerate(response._get_param("logEventMessages") or [], start=1):
        extracted = matcher(message)
        if extracted is not None:
            matches.append({"eventNumber": number, "eventMessage": message, "extractedValues": extracted})
    return json.dumps({"matches": matches})


def _create_log_group(stock: Callable[..., str], response: Response) -> str:
    answer = stock(response)
    group = response.logs_backend.groups[response._get_param("logGroupName")]
    group.log_group_class = response._get_param("logGroupClass") or DEFAULT_CLASS
    return answer


def _describe_log_group(stock: Callable[..., dict[str, Any]], group: LogGroup) -> dict[str, Any]:
    return stock(group) | {"logGroupClass": getattr(group, "log_group_class", DEFAULT_CLASS)}


def _set_key(response: Response, key: str | None) -> str:
    group = response.logs_backend.groups.get(response._get_param("logGroupName"))
    if group is None:
        raise ResourceNotFoundException()
    group.kms_key_id = key
    return ""


def _associate_kms_key(response: Response) -> str:
    return _set_key(response, response._get_param("kmsKeyId"))


def _disassociate_kms_key(response: Response) -> str:
    return _set_key(response, None)


def _put_query_definition(response: Response) -> str:
    definition_id = response._get_param("queryDefinitionId") or str(uuid.uuid4())
    store(response.logs_backend, "query-definitions")[definition_id] = {
        "queryDefinitionId": definition_id,
        "name": response._get_param("name"),
        "queryString": response._get_param("queryString"),
        "logGroupNames": response._get_param("logGroupNames") or [],
        "lastModified": int(now().timestamp() * 1000),
    }
    return json.dumps({"queryDefinitionId": definition_id})


def _describe_query_definitions(response: Response) -> str:
    prefix = response._get_param("queryDefinitionNamePrefix") or ""
    definitions = store(response.logs_backend, "query-definitions").values()
    return json.dumps({"queryDefinitions": [item for item in definitions if item["name"].startswith(prefix)]})


def _delete_query_definition(response: Response) -> str:
    definitions = store(response.logs_backend, "query-definitions")
    return json.dumps({"success": definitions.pop(response._get_param("queryDefinitionId"), None) is not None})


def install() -> None:
    """Install the extension."""
    extend_method(Response, "put_metric_filter", _put_metric_filter)
    extend_method(Response, "create_log_group", _create_log_group)
    extend_method(LogGroup, "to_describe_dict", _describe_log_group)
    Response.associate_kms_key = _associate_kms_key
    Response.disassociate_kms_key = _disassociate_kms_key
    Response.test_metric_filter = _test_metric_filter
    Response.put_query_definition = _put_query_definition
    Response.describe_query_definitions = _describe_query_definitions
    Response.delete_query_definition = _delete_query_definition
