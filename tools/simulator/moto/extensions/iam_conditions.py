"""IAM policy statements: conditions, above all ``aws:SecureTransport`` in a bucket policy.

Gap: stock moto evaluates conditions before the resource and answers an unmet condition with a denial, whatever
the effect. A bucket policy that denies insecure transport therefore denies every request. Here a statement
applies when action, principal, resource and all its conditions match, as IAM documents it; an unmet condition
leaves the statement out. Resource types: aws_s3_bucket_policy together with aws_s3_object and access to the
bucket.

The simulator serves plain HTTP, but only on loopback: a request that never leaves the machine counts as secure
transport, so ``aws:SecureTransport`` is "true". Every other statement stays in force. Keys that the simulator
does not have count as absent from the request: positive operators are unmet, negated ones and ``...IfExists``
are met.
"""

from __future__ import annotations

import fnmatch
from typing import Any

from moto.iam.access_control import IAMPolicyStatement, PermissionResult

REQUEST_CONTEXT = {"aws:securetransport": "true"}


def _listed(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    # JSON true and the text "true" mean the same in a Bool condition.
    return [str(item).lower() if isinstance(item, bool) else str(item) for item in values]


def _equal(operator: str, expected: str, actual: str) -> bool:
    if operator == "Bool":
        return expected.lower() == actual.lower()
    if operator.endswith("Like") or operator.startswith("Arn"):
        return fnmatch.fnmatchcase(actual, expected)
    if operator.endswith("IgnoreCase"):
        return expected.lower() == actual.lower()
    return expected == actual


def condition_met(operator: str, key: str, expected: Any, context: dict[str, str]) -> bool:
    """Whether one operator on one key holds for a request with this context (keys in lower case)."""
    actual = context.get(key.lower())
    if operator == "Null":
        return _listed(expected) == [str(actual is None).lower()]
    if_exists = operator.endswith("IfExists")
    operator = operator.removesuffix("IfExists")
    negated = "Not" in operator
    if actual is None:
        return if_exists or negated
    found = any(_equal(operator.replace("Not", ""), value, actual) for value in _listed(expected))
    return found != negated


def conditions_met(conditions: dict[str, dict[str, Any]] | None, context: dict[str, str]) -> bool:
    """Whether all conditions of a statement hold."""
    return all(
        condition_met(operator, key, expected, context)
        for operator, keys in (conditions or {}).items()
        for key, expected in keys.items()
    )


def _resource_matches(statement: IAMPolicyStatement, resource: str) -> bool:
    # A trust policy has no Resource: it applies to the role that it belongs to.
    return not statement._statement.get("Resource") or statement._check_element_matches("Resource", resource)


def _is_action_permitted(
    self: IAMPolicyStatement,
    action: str,
    resource: str = "*",
    principal: str | None = None,
    incoming_condition_values: dict[str, str] | None = None,
) -> PermissionResult:
    statement = self._statement
    if "NotAction" in statement:
        concerned = not self._check_element_matches("NotAction", action)
    else:
        concerned = self._check_element_matches("Action", action)
    if not concerned or self.is_unknown_principal(statement.get("Principal")):
        return PermissionResult.NEUTRAL
    if principal and not self._check_principal(principal):
        return PermissionResult.NEUTRAL
    context = REQUEST_CONTEXT | {key.lower(): value for key, value in (incoming_condition_values or {}).items()}
    if not _resource_matches(self, resource) or not conditions_met(statement.get("Condition"), context):
        return PermissionResult.NEUTRAL
    return PermissionResult.PERMITTED if statement["Effect"] == "Allow" else PermissionResult.DENIED


def install() -> None:
    """Install the extension."""
    IAMPolicyStatement.is_action_permitted = _is_action_permitted
