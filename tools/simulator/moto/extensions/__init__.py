"""Extensions of moto 5.2.1 for the Terraform resources of this project: one module for each service.

Each module's docstring names the gap that it fills and the resource types that need it. An extension that only
stores and returns a field proves what the provider sent, not what AWS would accept.
"""

from __future__ import annotations

from . import (
    application_autoscaling,
    autoscaling,
    claimed_services,
    cloudfront,
    cloudwatch,
    ec2,
    ecr_layers,
    ecs,
    elasticache,
    elbv2,
    iam_conditions,
    iam_simulation,
    in_use,
    kms,
    logs,
    one_off_tasks,
    rds,
    rds_proxy_endpoints,
    route53,
    s3,
    service_quotas,
    stepfunctions,
    unimplemented,
    wafv2,
)

ALL = (
    unimplemented,
    application_autoscaling,
    autoscaling,
    claimed_services,
    cloudfront,
    cloudwatch,
    ec2,
    ecr_layers,
    ecs,
    elasticache,
    elbv2,
    iam_conditions,
    iam_simulation,
    kms,
    logs,
    one_off_tasks,
    rds,
    rds_proxy_endpoints,
    route53,
    s3,
    service_quotas,
    stepfunctions,
    wafv2,
    # Last: it asks what the others keep.
    in_use,
)


def install() -> None:
    """Install every extension. Call once, before the first request."""
    for extension in ALL:
        extension.install()
