"""CloudFront: cache and response headers policies, VPC origins, and fields of a distribution.

Gap: policies and VPC origins are missing (404); a distribution's ARN lacks a field; its viewer certificate, the
VPC origin of an origin and the cache policy of a behavior come back changed or not at all, so that every plan wants to
set them again. Resource types: aws_cloudfront_cache_policy, aws_cloudfront_response_headers_policy, aws_cloudfront_vpc_origin,
aws_cloudfront_distribution.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

from moto.cloudfront import models, urls
from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.responses import CloudFrontResponse as Response
from moto.core.responses import ActionResult, EmptyResult
from moto.utilities.utils import get_partition

from .support import extend_method, now, plain, store

ROOT = "{0}/2020-05-31"


class Kind(NamedTuple):
    """A type of CloudFront resource with an id, a configuration and an ETag."""

    name: str
    snake_name: str
    path: str
    config: str
    missing: str
    in_use: str


CACHE_POLICY = Kind(
    "CachePolicy", "cache_policy", "cache-policy", "CachePolicyConfig", "NoSuchCachePolicy", "CachePolicyInUse"
)
RESPONSE_HEADERS_POLICY = Kind(
    "ResponseHeadersPolicy",
    "response_headers_policy",
    "response-headers-policy",
    "ResponseHeadersPolicyConfig",
    "NoSuchResponseHeadersPolicy",
    "ResponseHeadersPolicyInUse",
)
VPC_ORIGIN = Kind(
    "VpcOrigin",
    "vpc_origin",
    "vpc-origin",
    "VpcOriginEndpointConfig",
    "EntityNotFound",
    "CannotDeleteEntityWhileInUse",
)


def _error(code: str, message: str) -> CloudFrontException:
    error_class = type(code, (CloudFrontException,), {"code": code})
    return error_class(message)


def _used(response: Response, resource_id: str) -> bool:
    """Whether a distribution refers to the resource; ids are unique, so the id anywhere in its configuration is enough."""
    used = store(response.backend, "used-ids")
    return any(resource_id in ids for key, ids in used.items() if key in response.backend.distributions)


def _find(response: Response, kind: Kind) -> dict[str, Any]:
    resource_id = response._get_param("Id")
    found = store(response.backend, kind.name).get(resource_id)
    if found is None:
        raise _error(kind.missing, f"{kind.name} {resource_id} does not exist.")
    return found


def _answer(kind: Kind, resource: dict[str, Any]) -> ActionResult:
    return ActionResult({kind.name: resource, "ETag": f"E{resource['Id']}", "Location": resource["Id"]})


def _add_kind(kind: Kind, details: Callable[[Response, str], dict[str, Any]]) -> None:
    def create(response: Response) -> ActionResult:
        resource_id = str(uuid.uuid4()) if kind is not VPC_ORIGIN else f"vo_{uuid.uuid4().hex[:22]}"
        resource = {
            "Id": resource_id,
            "LastModifiedTime": now(),
            kind.config: plain(response._get_param(kind.config)),
            **details(response, resource_id),
        }
        store(response.backend, kind.name)[resource_id] = resource
        return _answer(kind, resource)

    def get(response: Response) -> ActionResult:
        return _answer(kind, _find(response, kind))

    def update(response: Response) -> ActionResult:
        resource = _find(response, kind)
        if kind is VPC_ORIGIN and _used(response, resource["Id"]):
            raise _error("CannotUpdateEntityWhileInUse", f"{resource['Id']} is associated with a distribution.")
        resource[kind.config] = plain(response._get_param(kind.config))
        return _answer(kind, resource)

    def delete(response: Response) -> Any:
        resource = _find(response, kind)
        if _used(response, resource["Id"]):
            raise _error(kind.in_use, f"{resource['Id']} is associated with a distribution.")
        del store(response.backend, kind.name)[resource["Id"]]
        return _answer(kind, resource) if kind is VPC_ORIGIN else EmptyResult()

    for verb, action in {"create": create, "get": get, "update": update, "delete": delete}.items():
        setattr(Response, f"{verb}_{kind.snake_name}", action)
    for suffix in ("$", "/(?P<Id>[^/]+)$"):
        urls.url_paths[f"{ROOT}/{kind.path}{suffix}"] = Response.dispatch


def _vpc_origin_details(response: Response, resource_id: str) -> dict[str, Any]:
    arn = f"arn:{response.partition}:cloudfront::{response.current_account}:vpcorigin/{resource_id}"
    response.backend.tag_resource(arn, plain(response._get_param("Tags.Items", [])))
    return {"Arn": arn, "Status": "Deployed", "CreatedTime": now()}


def _viewer_certificate(stock: Callable[..., None], certificate: Any, config: dict[str, Any]) -> None:
    stock(certificate, config)
    if config.get("ACMCertificateArn"):
        certificate.cloud_front_default_certificate = False


def _origin(stock: Callable[..., None], origin: Any, config: dict[str, Any]) -> None:
    stock(origin, config)
    if config.get("VpcOriginConfig"):
        origin.vpc_origin_config = plain(config["VpcOriginConfig"])


def _behavior(stock: Callable[..., None], behavior: Any, config: dict[str, Any]) -> None:
    stock(behavior, config)
    if config.get("CachePolicyId"):
        behavior.forwarded_values = None


def _distribution(stock: Callable[..., None], distribution: Any, account: str, region: str, config: Any) -> None:
    stock(distribution, account, region, config)
    # Stock moto omits the empty region field of the ARN, and Terraform cannot parse that.
    distribution.arn = f"arn:{get_partition(region)}:cloudfront::{account}:distribution/{distribution.id}"


def _create(stock: Callable[..., Any], backend: Any, distribution_config: dict[str, Any], tags: Any) -> Any:
    # moto turns the configuration into objects; its text is needed before.
    text = str(plain(distribution_config))
    created = stock(backend, distribution_config, tags)
    store(backend, "used-ids")[created[0].distribution_id] = text
    return created


def _update(stock: Callable[..., Any], backend: Any, dist_config: dict[str, Any], _id: str, if_match: bool) -> Any:
    text = str(plain(dist_config))
    updated = stock(backend, dist_config, _id, if_match)
    store(backend, "used-ids")[_id] = text
    return updated


def install() -> None:
    """Install the extension."""
    _add_kind(CACHE_POLICY, lambda _response, _id: {})
    _add_kind(RESPONSE_HEADERS_POLICY, lambda _response, _id: {})
    _add_kind(VPC_ORIGIN, _vpc_origin_details)
    extend_method(models.ViewerCertificate, "__init__", _viewer_certificate)
    extend_method(models.Origin, "__init__", _origin)
    extend_method(models.DefaultCacheBehaviour, "__init__", _behavior)
    extend_method(models.Distribution, "__init__", _distribution)
    extend_method(models.CloudFrontBackend, "create_distribution_with_tags", _create)
    extend_method(models.CloudFrontBackend, "update_distribution", _update)
