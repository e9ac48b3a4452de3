"""CloudWatch: DeleteAlarms while a composite alarm's rule names the alarm, and PutCompositeAlarm with a rule that names an alarm that
does not exist: ValidationError.

Source: CloudWatch API reference, DeleteAlarms (on composite alarms that depend on an alarm); the wording is that of
https://github.com/ekristen/aws-nuke/issues/462. Terraform destroys a removed alarm before it updates the rule, unless the alarm has
create_before_destroy: https://github.com/hashicorp/terraform-provider-aws/issues/34807. Resource types:
aws_cloudwatch_metric_alarm, aws_cloudwatch_composite_alarm.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from moto.cloudwatch.exceptions import ValidationError
from moto.cloudwatch.models import CloudWatchBackend
from moto.cloudwatch.responses import CloudWatchResponse as Response

from ..support import extend_method, request_of

# ALARM, OK or INSUFFICIENT_DATA of a name or an ARN, in quotes or not. Source: PutCompositeAlarm, AlarmRule.
REFERENCE = re.compile(r"""(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*["']?([^"')]+?)["']?\s*\)""")


def _names_in(rule: str) -> set[str]:
    return {reference.split(":alarm:")[-1] for reference in REFERENCE.findall(rule)}


def _delete_alarms(stock: Callable[..., None], state: CloudWatchBackend, alarm_names: list[str]) -> None:
    kept = [alarm for name, alarm in state.alarms.items() if name not in alarm_names]
    depended_on = {name for alarm in kept for name in _names_in(getattr(alarm, "alarm_rule", ""))}
    refused = [name for name in alarm_names if name in depended_on]
    if refused:
        raise ValidationError(f"Cannot delete {','.join(refused)} as there are composite alarm(s) depending on it.")
    stock(state, alarm_names)


def _put_composite_alarm(stock: Callable[..., Any], response: Response) -> Any:
    known = response.cloudwatch_backend.alarms
    missing = sorted(name for name in _names_in(request_of(response)["AlarmRule"]) if name not in known)
    if missing:
        names = ", ".join(missing)
        raise ValidationError(f"Could not save the composite alarm as alarms [{names}] in the alarm rule do not exist")
    return stock(response)


def install() -> None:
    """Install this part."""
    extend_method(CloudWatchBackend, "delete_alarms", _delete_alarms)
    extend_method(Response, "put_composite_alarm", _put_composite_alarm)
