"""Cache users: ModifyUser is missing, and a user without password is not described as AWS does ("no-password").

Resource type: aws_elasticache_user (IAM, password and no-password authentication).
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.elasticache.models import User

from .common import Response, fault, request_of

NO_PASSWORD_REQUEST, NO_PASSWORD_ANSWER = "no-password-required", "no-password"


def get(response: Response, user_id: str) -> User:
    """One user, or the API error that it is missing."""
    user = response.elasticache_backend.users.get(user_id)
    if user is None:
        raise fault("UserNotFound", f"User {user_id} not found.")
    return user


def _authentication(user: User) -> dict[str, Any]:
    no_password = user.no_password_required or user.authentication_type == NO_PASSWORD_REQUEST
    kind = NO_PASSWORD_ANSWER if no_password else user.authentication_type
    return {"Type": kind, "PasswordCount": len(user.passwords) if kind == "password" else None}


def _modify(response: Response) -> ActionResult:
    request = request_of(response)
    user = get(response, request["UserId"])
    user.engine = request.get("Engine", user.engine).lower()
    user.access_string = request.get("AccessString", user.access_string)
    if "AppendAccessString" in request:
        user.access_string += " " + request["AppendAccessString"]
    mode = request.get("AuthenticationMode", {})
    user.authentication_type = mode.get("Type", user.authentication_type)
    user.passwords = mode.get("Passwords") or request.get("Passwords") or user.passwords
    user.no_password_required = request.get("NoPasswordRequired", user.no_password_required)
    return ActionResult(user)


def install() -> None:
    """Install this part."""
    User.authentication = property(_authentication)
    Response.modify_user = _modify
