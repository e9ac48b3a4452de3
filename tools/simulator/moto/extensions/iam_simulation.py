"""IAM: SimulatePrincipalPolicy for roles.

Gap: missing in moto. No resource type: ``make doctor`` and ``make verify`` ask whether the execution role may read its
secrets. Decides by the role's own and attached policies and by those that the request adds; conditions as in
iam_conditions, boundaries and the organization's policies are not looked at. Source: IAM user guide, "Policy evaluation
logic".
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.core.responses import ActionResult
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.iam.models import IAMBackend
from moto.iam.responses import IamResponse

WORDS = {
    PermissionResult.PERMITTED: "allowed",
    PermissionResult.DENIED: "explicitDeny",
    PermissionResult.NEUTRAL: "implicitDeny",
}


def _documents(backend: IAMBackend, role_name: str) -> list[str]:
    role = backend.get_role(role_name)
    attached = [policy.default_version.document for policy in role.managed_policies.values()]
    return [*role.policies.values(), *attached]


def _decide(policies: list[IAMPolicy], action: str, resource: str) -> str:
    results = [policy.is_action_permitted(action, resource) for policy in policies]
    for result in (PermissionResult.DENIED, PermissionResult.PERMITTED):
        if result in results:
            return WORDS[result]
    return WORDS[PermissionResult.NEUTRAL]


def _simulate(response: IamResponse) -> ActionResult:
    role_name = response._get_param("PolicySourceArn").split("/")[-1]
    documents = [*_documents(response.backend, role_name), *(response._get_param("PolicyInputList") or [])]
    policies = [IAMPolicy(json.dumps(_parsed(document))) for document in documents]
    results = [
        {"EvalActionName": action, "EvalResourceName": resource, "EvalDecision": _decide(policies, action, resource)}
        for action in response._get_param("ActionNames")
        for resource in response._get_param("ResourceArns") or ["*"]
    ]
    return ActionResult({"EvaluationResults": results, "IsTruncated": False})


def _parsed(document: Any) -> Any:
    return json.loads(unquote(document)) if isinstance(document, str) else document


def install() -> None:
    """Install the extension."""
    IamResponse.simulate_principal_policy = _simulate
