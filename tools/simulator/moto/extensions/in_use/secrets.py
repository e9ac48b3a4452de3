"""Secrets Manager: a secret whose key is disabled or waits for its deletion cannot be read (DecryptionFailure) nor written
(EncryptionFailure), and a secret's name stays taken in its recovery window (InvalidRequestException).

AWS never refuses to schedule a key's
deletion; what the key encrypted becomes unreadable. Source: Secrets Manager API reference, GetSecretValue, PutSecretValue and
CreateSecret; KMS developer guide, "Key states of AWS KMS keys". Resource types: aws_secretsmanager_secret, _secret_version.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.secretsmanager.exceptions import SecretsManagerClientError
from moto.secretsmanager.models import SecretsManagerBackend

from ..support import extend_method
from .common import backend

ENABLED = "Enabled"


def _expect_usable(state: SecretsManagerBackend, key: str | None, code: str, verb: str) -> None:
    if not key or key.startswith("alias/aws/"):
        return
    kms = backend("kms", state.account_id, state.region_name)
    found = kms.keys.get(kms.get_key_id(key) or "")
    if found is None or found.key_state != ENABLED:
        why = "does not exist" if found is None else f"is {found.key_state}"
        raise SecretsManagerClientError(code, f"Secrets Manager can't {verb} the secret value: the key {key} {why}.")


def _key_of(state: SecretsManagerBackend, secret_id: str) -> str | None:
    known = state._is_valid_identifier(secret_id)
    return getattr(state.secrets[secret_id], "kms_key_id", None) if known else None


def _get(stock: Callable[..., Any], state: SecretsManagerBackend, secret_id: str, *args: Any, **kwargs: Any) -> Any:
    _expect_usable(state, _key_of(state, secret_id), "DecryptionFailure", "decrypt")
    return stock(state, secret_id, *args, **kwargs)


def _put(stock: Callable[..., Any], state: SecretsManagerBackend, secret_id: str, *args: Any, **kwargs: Any) -> Any:
    _expect_usable(state, _key_of(state, secret_id), "EncryptionFailure", "encrypt")
    return stock(state, secret_id, *args, **kwargs)


def _create(stock: Callable[..., Any], state: SecretsManagerBackend, *args: Any, **kwargs: Any) -> Any:
    existing = state.secrets.get(kwargs["name"])
    if existing is not None and existing.is_deleted():
        message = "You can't create this secret because a secret with this name is already scheduled for deletion."
        raise SecretsManagerClientError("InvalidRequestException", message)
    _expect_usable(state, kwargs.get("kms_key_id"), "EncryptionFailure", "encrypt")
    return stock(state, *args, **kwargs)


def install() -> None:
    """Install this part."""
    extend_method(SecretsManagerBackend, "get_secret_value", _get)
    extend_method(SecretsManagerBackend, "put_secret_value", _put)
    extend_method(SecretsManagerBackend, "create_secret", _create)
