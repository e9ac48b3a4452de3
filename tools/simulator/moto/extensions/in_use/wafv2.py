"""AWS WAF: DeleteIPSet, DeleteRegexPatternSet and DeleteRuleGroup while a web ACL refers to it, DeleteWebACL while a load balancer
or a distribution has it: WAFAssociatedItemException.

Source: AWS WAF API reference, errors of these operations. Resource types: aws_wafv2_ip_set, aws_wafv2_regex_pattern_set,
aws_wafv2_rule_group, aws_wafv2_web_acl.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from moto.wafv2.exceptions import WAFv2ClientError
from moto.wafv2.models import WAFV2Backend

from ..support import extend_method
from .common import backends, distributions_with

MESSAGE = (
    "AWS WAF couldn't perform the operation because your resource is being used by another resource or it's associated with "
    "another resource"
)


def _refuse(users: list[str]) -> None:
    if users:
        raise WAFv2ClientError("WAFAssociatedItemException", f"{MESSAGE}: {', '.join(users)}.")


def _web_acls_with(state: WAFV2Backend, arn: str) -> list[str]:
    return [acl.name for acl in state.wacls.values() if acl.arn != arn and arn in json.dumps(acl.to_dict(), default=str)]


def _referenced(collection: str) -> Callable[..., Any]:
    """A deletion of something that rules refer to; the stock methods find it by its id."""

    def delete(stock: Callable[..., Any], state: WAFV2Backend, *args: Any, **kwargs: Any) -> Any:
        found = kwargs.get("id") or kwargs.get("_id") or args[2]
        for arn in list(getattr(state, collection)):
            if arn.endswith(f"/{found}"):
                _refuse(_web_acls_with(state, arn))
        return stock(state, *args, **kwargs)

    return delete


def _delete_web_acl(stock: Callable[..., Any], state: WAFV2Backend, name: str, scope: str, _id: str, lock_token: str) -> Any:
    for acl in list(state.wacls.values()):
        if acl.id == _id:
            alive = [arn for arn in acl.associated_resources if _exists(state, arn)]
            _refuse([*alive, *distributions_with(state.account_id, acl.arn)])
    return stock(state, name, scope, _id, lock_token)


def _exists(state: WAFV2Backend, arn: str) -> bool:
    """Whether an associated resource is still there; AWS drops the association with it."""
    if ":elasticloadbalancing:" not in arn:
        return True
    return any(arn in elb.load_balancers for elb in backends("elbv2", state.account_id))


def install() -> None:
    """Install this part."""
    extend_method(WAFV2Backend, "delete_ip_set", _referenced("ip_sets"))
    extend_method(WAFV2Backend, "delete_regex_pattern_set", _referenced("regex_pattern_sets"))
    extend_method(WAFV2Backend, "delete_rule_group", _referenced("rule_groups"))
    extend_method(WAFV2Backend, "delete_web_acl", _delete_web_acl)
