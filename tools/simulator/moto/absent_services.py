"""Services that moto does not have: App Runner, which the simulator answers for, and all others, with HTTP 501.

Gap: moto answers 500 for a service that it does not know, which Terraform's provider retries for minutes.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

CREDENTIAL = re.compile(r"Credential=[^/]+/\d+/([^/]*)/([^/]+)/aws4_request")
JSON_TYPE = "application/x-amz-json-1.0"
CODE = "NotImplementedBySimulator"
APP_RUNNER = "apprunner"


class AbsentServices:
    """WSGI middleware around moto's dispatcher. One request at a time: the caller holds a lock."""

    def __init__(self, dispatcher: Any) -> None:
        self._dispatcher = dispatcher

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request to such a service, or let moto answer."""
        signed = CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        if signed is None or not (signed[2] == APP_RUNNER or self._is_absent(environ)):
            return self._dispatcher(environ, start_response)
        status, body = _answer(*signed.groups(), environ)
        content = json.dumps(body).encode()
        headers = [("Content-Type", JSON_TYPE), ("Content-Length", str(len(content)))]
        if "__type" in body:
            headers.append(("x-amzn-errortype", body["__type"]))
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [content]

    def _is_absent(self, environ: dict[str, Any]) -> bool:
        path = environ.get("PATH_INFO", "")
        if path.startswith(("/moto-api", "/simulator/")):
            return False
        host = self._dispatcher.infer_service_region_host(environ, path)
        return host is not None and not self._dispatcher.get_backend_for_host(host)


def _answer(region: str, service: str, environ: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    # Imported late: moto's backends are loaded with the first request.
    import app_runner

    try:
        if service != APP_RUNNER:
            raise NotImplementedError(f"service {service}")
        return app_runner.answer(region, environ)
    except NotImplementedError as error:
        message = f"the simulator has no {error}"
        print(message, file=sys.stderr, flush=True)
        return 501, {"__type": CODE, "message": message}
