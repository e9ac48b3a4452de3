"""Every service: an action that moto does not implement is answered with HTTP 501.

Gap: stock moto answers 500, which AWS SDKs retry (25 times in Terraform's provider), so that a missing action
looks like a hang of many minutes. 501 is not retried, and the message names the action.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from moto.core.responses import BaseResponse

from .support import extend_method

CODE = "NotImplementedBySimulator"


def _answer(response: BaseResponse, message: str) -> tuple[int, dict[str, str], str]:
    content_type = response.headers.get("Content-Type", "")
    if "json" in content_type or "cbor" in content_type:
        headers = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-errortype": CODE}
        return 501, headers, json.dumps({"__type": CODE, "message": message})
    error = f"<Error><Type>Sender</Type><Code>{CODE}</Code><Message>{escape(message)}</Message></Error>"
    if response.service_name == "ec2":
        return 501, {"Content-Type": "text/xml"}, f"<Response><Errors>{error}</Errors></Response>"
    return 501, {"Content-Type": "text/xml"}, f"<ErrorResponse>{error}</ErrorResponse>"


def _call_action(stock: Callable[..., Any], response: BaseResponse) -> Any:
    try:
        return stock(response)
    except NotImplementedError as error:
        message = f"the simulator has no {response.service_name}:{response._get_action()} ({error})"
        print(message, file=sys.stderr, flush=True)
        return _answer(response, message)


def install() -> None:
    """Install the extension."""
    extend_method(BaseResponse, "call_action", _call_action)
