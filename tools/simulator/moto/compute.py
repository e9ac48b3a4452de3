"""Services whose tasks run elsewhere: a program claims a service by name, reads what ECS wants of it, and reports what runs.

Without a claim, ecs.py completes every deployment by itself. With one, deployments, tasks, events and targets are what was reported
last; so are the tasks that RunTask starts in its cluster. Beside moto's API, for programs on this machine only:

    PUT    /simulator/compute/CLUSTER/SERVICE           claims a service, before it exists or later
    GET    /simulator/compute/CLUSTER/SERVICE           what ECS wants; ``{"exists": false}`` before it exists
    POST   /simulator/compute/CLUSTER/SERVICE           a report; 409 when it answers an earlier desired state
    DELETE /simulator/compute/CLUSTER/SERVICE         ends the claim
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

PREFIX = "/simulator/compute/"


class ComputeEndpoint:
    """WSGI middleware that answers the program which runs the tasks. One request at a time: the caller holds a lock."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request below PREFIX, or pass it on."""
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX):
            return self._application(environ, start_response)
        status, body = _answer(environ["REQUEST_METHOD"], path.removeprefix(PREFIX), environ)
        content = json.dumps(body, default=str).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(content)))])
        return [content]


def _answer(method: str, name: str, environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    # Imported late: moto's backends are loaded with the first request.
    from extensions import claimed_services, claims

    cluster, _, service = name.partition("/")
    if method == "PUT":
        claims.claim(cluster, service)
        return "200 OK", {}
    if not claims.is_claimed(cluster, service):
        return "404 Not Found", {"error": f"{name}: expected a claimed service, found none"}
    if method == "DELETE":
        claims.release(cluster, service)
        return "200 OK", {}
    if method == "GET":
        return "200 OK", claimed_services.desired_state(cluster, service)
    length = int(environ.get("CONTENT_LENGTH") or 0)
    report = json.loads(environ["wsgi.input"].read(length))
    accepted = claimed_services.accept(cluster, service, report)
    return ("200 OK", {}) if accepted else ("409 Conflict", {"error": f"{name}: the report answers an earlier desired state"})
