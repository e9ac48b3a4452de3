"""Downloads beside moto's API: the layers of images, whose address GetDownloadUrlForLayer returns.

    GET /simulator/layers/DIGEST    the content; 404 without such a layer
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

PREFIX = "/simulator/layers/"


class DownloadEndpoint:
    """WSGI middleware that answers requests below PREFIX, and passes the others on."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer with a layer's content."""
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX):
            return self._application(environ, start_response)
        # Imported late: moto's backends are loaded with the first request.
        from extensions import ecr_layers

        content = ecr_layers.layer(path.removeprefix(PREFIX))
        if content is None:
            start_response("404 Not Found", [("Content-Length", "0")])
            return []
        headers = [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(content)))]
        start_response("200 OK", headers)
        return [content]
