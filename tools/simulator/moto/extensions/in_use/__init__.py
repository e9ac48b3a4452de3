"""What is in use cannot go, and what is taken cannot be taken again: AWS's refusals, with AWS's error codes.

Gap: moto deletes what other resources refer to and lets two listeners stand on one port, so that an apply in the wrong order
passes. One module for each service; each names the operation, the code and its source. Unlike the other extensions, these change
no answer to an apply in the right order.
"""

from __future__ import annotations

from . import (
    certificates,
    cloudfront,
    cloudwatch,
    ecs,
    elasticache,
    elbv2,
    gateways,
    network_interfaces,
    rds,
    secrets,
    wafv2,
)

ALL = (certificates, cloudfront, cloudwatch, ecs, elasticache, elbv2, gateways, network_interfaces, rds, secrets, wafv2)


def install() -> None:
    """Install every part."""
    for part in ALL:
        part.install()
