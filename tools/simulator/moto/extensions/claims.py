"""Which ECS services have tasks that another program runs (see compute.py)."""

from __future__ import annotations

from collections.abc import Iterator

from moto.ecs.models import EC2ContainerServiceBackend, Service, ecs_backends

_CLAIMED: set[tuple[str, str]] = set()


def claim(cluster: str, service: str) -> None:
    """Leave the tasks of a service, and those that RunTask starts in its cluster, to another program."""
    _CLAIMED.add((cluster, service))


def release(cluster: str, service: str) -> None:
    """End a claim: from the next DescribeServices on, deployments complete by themselves again."""
    _CLAIMED.remove((cluster, service))


def is_claimed(cluster: str, service: str) -> bool:
    """Whether another program runs the tasks of this service."""
    return (cluster, service) in _CLAIMED


def find(cluster: str, name: str) -> tuple[EC2ContainerServiceBackend, Service] | None:
    """Return a service and the backend that has it."""
    for regions in ecs_backends.values():
        for backend in regions.values():
            service = backend.services.get(f"{cluster}:{name}")
            if service is not None:
                return backend, service
    return None


def claimed_services() -> Iterator[Service]:
    """Every claimed service that exists."""
    for name in _CLAIMED:
        found = find(*name)
        if found is not None:
            yield found[1]


def has_active_claim(backend: EC2ContainerServiceBackend, cluster: str) -> bool:
    """Whether another program runs the tasks of this cluster now: those of one of its services are claimed."""
    return any(
        service.status == "ACTIVE" and backend.services.get(f"{cluster}:{service.name}") is service
        for service in claimed_services()
    )
