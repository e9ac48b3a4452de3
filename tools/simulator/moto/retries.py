"""Serves one request at a time, and the same response to a retry.

moto keeps its state in plain dicts without locks, but its server has a thread for each request, so concurrent requests
may corrupt it. And an AWS SDK repeats a request with the same invocation id after a lost response: AWS recognizes it,
moto would answer that the resource exists already.
"""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

INVOCATION, ATTEMPT = "HTTP_AMZ_SDK_INVOCATION_ID", "HTTP_AMZ_SDK_REQUEST"
# Far more than the concurrent invocations of Terraform.
KEPT = 256
SERVER_ERROR = 500

Headers = list[tuple[str, str]]


class Answer(NamedTuple):
    """A complete response that can be sent again."""

    status: str
    headers: Headers
    body: bytes

    @property
    def code(self) -> int:
        """The HTTP status code."""
        return int(self.status.split(" ", 1)[0])


class RetryCache:
    """WSGI middleware around moto's application. Server errors are not cached, since a retry should succeed."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application
        self._turn = threading.Lock()
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer one request."""
        with self._turn:
            answer = self._answer(environ)
        start_response(answer.status, answer.headers)
        return [answer.body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        invocation = environ.get(INVOCATION)
        known = self._answers.get(invocation) if invocation else None
        if known:
            print(f"answered again: {_name(environ)}", file=sys.stderr, flush=True)
            return known
        answer = self._ask(environ)
        if answer.code >= SERVER_ERROR:
            print(f"{answer.status}: {_name(environ)}\n{answer.body[:2000]!r}", file=sys.stderr, flush=True)
        elif invocation:
            self._answers[invocation] = answer
            if len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        return answer

    def _ask(self, environ: dict[str, Any]) -> Answer:
        started: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, _error: Any = None) -> None:
            started[:] = [(status, headers)]

        chunks = self._application(environ, start)
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return Answer(*started[0], body)


def _name(environ: dict[str, Any]) -> str:
    target = environ.get("HTTP_X_AMZ_TARGET", "")
    return f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {target} {environ.get(ATTEMPT, '')}".strip()
