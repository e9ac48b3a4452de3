"""CloudFront: DeleteDistribution while it is enabled (DistributionNotDisabled), DeleteOriginAccessControl while a distribution has
it (OriginAccessControlInUse).

Policies and VPC origins that are in use: see extensions/cloudfront. Source: CloudFront API reference, errors of these operations.
Resource types: aws_cloudfront_distribution, aws_cloudfront_origin_access_control.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.models import CloudFrontBackend

from ..support import as_bool, extend_method, store
from .common import distributions_with


def _error(code: str, message: str) -> CloudFrontException:
    return type(code, (CloudFrontException,), {"code": code})(message)


def _create_distribution(
    stock: Callable[..., Any], state: CloudFrontBackend, distribution_config: dict[str, Any], tags: Any
) -> Any:
    enabled = as_bool(distribution_config["Enabled"])
    created = stock(state, distribution_config, tags)
    store(state, "enabled")[created[0].distribution_id] = enabled
    return created


def _update_distribution(
    stock: Callable[..., Any], state: CloudFrontBackend, dist_config: dict[str, Any], _id: str, if_match: bool
) -> Any:
    store(state, "enabled")[_id] = as_bool(dist_config["Enabled"])
    return stock(state, dist_config, _id, if_match)


def _delete_distribution(
    stock: Callable[..., None], state: CloudFrontBackend, distribution_id: str, if_match: bool
) -> None:
    if distribution_id in state.distributions and store(state, "enabled").get(distribution_id):
        raise _error("DistributionNotDisabled", "The distribution you are trying to delete has not been disabled.")
    stock(state, distribution_id, if_match)


def _delete_origin_access_control(stock: Callable[..., None], state: CloudFrontBackend, control_id: str) -> None:
    users = distributions_with(state.account_id, control_id)
    if users:
        raise _error("OriginAccessControlInUse", f"{control_id} is used by {', '.join(users)}.")
    stock(state, control_id)


def install() -> None:
    """Install this part."""
    extend_method(CloudFrontBackend, "create_distribution_with_tags", _create_distribution)
    extend_method(CloudFrontBackend, "update_distribution", _update_distribution)
    extend_method(CloudFrontBackend, "delete_distribution", _delete_distribution)
    extend_method(CloudFrontBackend, "delete_origin_access_control", _delete_origin_access_control)
