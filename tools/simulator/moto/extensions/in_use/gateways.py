"""EC2: DetachInternetGateway while public addresses are mapped in its VPC: DependencyViolation. And what AWS does *not* refuse:
a NAT gateway or instance goes while a route leads to it, the route becomes a blackhole, and the traffic stops.

That stop is an interruption, which the simulator reports (see /simulator/report). Source: VPC user guide, "Work with NAT gateways"
("the routes remain in blackhole status"), "Delete your internet gateway"; EC2 API reference, "Error codes". Resource types:
aws_internet_gateway, aws_nat_gateway, aws_instance, aws_route.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.models.internet_gateways import InternetGatewayBackend
from moto.ec2.models.nat_gateways import NatGatewayBackend

from interruptions import INTERRUPTIONS

from ..support import extend_method
from .common import backend, code_for
from .network_interfaces import GONE


def _routes(ec2: Any) -> Iterator[tuple[str, Any]]:
    for table in ec2.route_tables.values():
        for route in table.routes:
            yield table.id, route


def _report(ec2: Any, gone: str, leads_to: Callable[[Any], bool]) -> None:
    for table, route in _routes(ec2):
        if leads_to(route):
            target = route.destination_cidr_block or route.destination_ipv6_cidr_block
            INTERRUPTIONS.append(f"{gone} was deleted while the route {target} of {table} leads to it: its traffic stops")


def _delete_nat_gateway(stock: Callable[..., Any], ec2: Any, nat_gateway_id: str) -> Any:
    answer = stock(ec2, nat_gateway_id)
    _report(ec2, nat_gateway_id, lambda route: route.nat_gateway is not None and route.nat_gateway.id == nat_gateway_id)
    return answer


def _terminate_instances(stock: Callable[..., Any], ec2: Any, instance_ids: list[str]) -> Any:
    answer = stock(ec2, instance_ids)
    for instance_id in instance_ids:
        _report(ec2, instance_id, lambda route: _instance_of(route) == instance_id)
    return answer


def _instance_of(route: Any) -> str | None:
    instance = route.instance or (route.interface.instance if route.interface else None)
    return instance.id if instance else None


def _detach(stock: Callable[..., Any], ec2: Any, internet_gateway_id: str, vpc_id: str) -> Any:
    users = list(_public_addresses(ec2, vpc_id))
    if users:
        code = code_for(ec2, "DependencyViolation", internet_gateway_id)
        message = f"Network {vpc_id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway: {', '.join(users)}."
        raise EC2ClientError(code, message)
    return stock(ec2, internet_gateway_id, vpc_id)


def _public_addresses(ec2: Any, vpc_id: str) -> Iterator[str]:
    for gateway in ec2.nat_gateways.values():
        if gateway.vpc_id == vpc_id and gateway.state not in GONE and gateway.connectivity_type != "private":
            yield f"NAT gateway {gateway.id}"
    for balancer in backend("elbv2", ec2.account_id, ec2.region_name).load_balancers.values():
        if balancer.vpc_id == vpc_id and balancer.scheme == "internet-facing":
            yield f"load balancer {balancer.name}"
    for address in ec2.addresses:
        if address.instance is not None and address.instance.vpc_id == vpc_id and address.instance.state not in GONE:
            yield f"address {address.public_ip}"


def install() -> None:
    """Install this part."""
    extend_method(NatGatewayBackend, "delete_nat_gateway", _delete_nat_gateway)
    extend_method(InstanceBackend, "terminate_instances", _terminate_instances)
    extend_method(InternetGatewayBackend, "detach_internet_gateway", _detach)
