"""WSGI middleware that refuses what the API models do not allow, and counts what it held against them."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from interruptions import INTERRUPTIONS

from .constraints import Violation, violations
from .refusals import Refusal, code_of, message_of, refusal
from .requests import Call, Unreadable, Unsigned, read_call

# Where the counts are read, beside moto's own /moto-api/.
REPORT_PATH = "/simulator/report"


class ApiModelJudge:
    """Passes on what the models allow. One request at a time: the caller holds a lock."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application
        self._judged: Counter[str] = Counter()
        self._refused: list[dict[str, str]] = []
        self._unjudged: list[dict[str, str]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer with AWS's error, or let moto answer."""
        if environ.get("PATH_INFO") == REPORT_PATH:
            return _send(start_response, "200 OK", {"Content-Type": "application/json"}, json.dumps(self.report()))
        refused = self._refusal(environ)
        if refused:
            return _send(start_response, "400 Bad Request", *refused)
        return self._application(environ, start_response)

    def report(self) -> dict[str, Any]:
        """Requests by operation, what was refused, what could not be held against a model, and what was interrupted."""
        return {
            "requests": sum(self._judged.values()),
            "operations": dict(sorted(self._judged.items())),
            "refused": self._refused,
            "unjudged": self._unjudged,
            "interruptions": INTERRUPTIONS,
        }

    def _refusal(self, environ: dict[str, Any]) -> Refusal | None:
        client = _client(environ)
        try:
            call = read_call(environ)
            return self._judge(call, client)
        except Unsigned:
            return None
        except Unreadable as reason:
            self._unjudged.append({"client": client, "reason": str(reason)})
            return None

    def _judge(self, call: Call, client: str) -> Refusal | None:
        name = f"{call.service}:{call.operation.name}"
        broken = _violations(call, name)
        self._judged[name] += 1
        if not broken:
            return None
        code, message = code_of(call.service, call.protocol, broken), message_of(broken)
        self._refused.append({"client": client, "operation": name, "code": code, "message": message})
        print(f"refused by AWS's API model: {name}: {code}: {message}", file=sys.stderr, flush=True)
        return refusal(call.service, call.protocol, code, message)


def _violations(call: Call, name: str) -> list[Violation]:
    shape = call.operation.input_shape
    try:
        return violations(shape, call.parameters) if shape else []
    except re.error as error:
        raise Unreadable(f"{name}: a pattern cannot be compiled: {error.pattern!r}") from error


def _client(environ: dict[str, Any]) -> str:
    """``terraform`` for Terraform and its provider, else the first product of the user agent."""
    agent = environ.get("HTTP_USER_AGENT", "")
    return "terraform" if "terraform" in agent.lower() else agent.split("/")[0]


def _send(start_response: Callable[..., Any], status: str, headers: dict[str, str], body: str) -> list[bytes]:
    content = body.encode()
    start_response(status, [*headers.items(), ("Content-Length", str(len(content)))])
    return [content]
