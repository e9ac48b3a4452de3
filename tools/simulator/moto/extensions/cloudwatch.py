"""CloudWatch: composite alarms.

Gap: PutCompositeAlarm is missing, though the rest of moto's alarm code handles a rule. Resource type:
aws_cloudwatch_composite_alarm. The rule is stored as it was sent; it is neither parsed nor evaluated.
"""

from __future__ import annotations

from moto.cloudwatch.responses import CloudWatchResponse as Response
from moto.core.responses import EmptyResult

from .support import request_of

SUPPRESSOR_FIELDS = {
    "ActionsSuppressor": "actions_suppressor",
    "ActionsSuppressorWaitPeriod": "actions_suppressor_wait_period",
    "ActionsSuppressorExtensionPeriod": "actions_suppressor_extension_period",
}


def _put_composite_alarm(response: Response) -> EmptyResult:
    # moto's PutMetricAlarm reads AlarmRule "to re-use this method for composite alarms": only the action was missing.
    response.put_metric_alarm()
    request = request_of(response)
    alarm = response.cloudwatch_backend.alarms[request["AlarmName"]]
    alarm.alarm_rule = request["AlarmRule"]
    for field, attribute in SUPPRESSOR_FIELDS.items():
        setattr(alarm, attribute, request.get(field))
    return EmptyResult()


def install() -> None:
    """Install the extension."""
    Response.put_composite_alarm = _put_composite_alarm
