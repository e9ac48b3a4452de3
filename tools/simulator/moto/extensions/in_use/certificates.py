"""ACM: DeleteCertificate while a listener or a distribution has the certificate: ResourceInUseException.

Source: ACM API reference, DeleteCertificate. Resource type: aws_acm_certificate.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.acm.models import AWSCertificateManagerBackend
from moto.core.exceptions import JsonRESTError

from ..support import extend_method
from .common import backend, distributions_with


def _listeners_with(state: AWSCertificateManagerBackend, arn: str) -> list[str]:
    elb = backend("elbv2", state.account_id, state.region_name)
    listeners = [item for balancer in elb.load_balancers.values() for item in balancer.listeners.values()]
    return [item.arn for item in listeners if arn == item.certificate or arn in (item.certificates or [])]


def _delete_certificate(stock: Callable[..., None], state: AWSCertificateManagerBackend, arn: str) -> None:
    users = [*_listeners_with(state, arn), *distributions_with(state.account_id, arn)]
    if users:
        message = f"Certificate {arn} in account {state.account_id} is in use: {', '.join(users)}."
        raise JsonRESTError("ResourceInUseException", message)
    stock(state, arn)


def install() -> None:
    """Install this part."""
    extend_method(AWSCertificateManagerBackend, "delete_certificate", _delete_certificate)
