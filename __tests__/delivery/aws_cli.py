"""The part of the AWS CLI that the runbooks use, on botocore, which the simulator's Python has.

    python aws_cli.py SERVICE OPERATION [--parameter VALUE...] [--query JMESPATH] [--output text]
    python aws_cli.py SERVICE wait WAITER [--parameter VALUE...]

Operations, parameters and waiters are those of botocore's models, as in the AWS CLI; a parameter that an operation does not
have is an error. Source: AWS CLI user guide, "Specifying parameter values".
"""

from __future__ import annotations

import json
import sys
from typing import Any

import botocore.session
import jmespath
from botocore import xform_name
from botocore.model import Shape, StructureShape


def _options(words: list[str]) -> dict[str, list[str]]:
    """Group the values of each option under its name."""
    options: dict[str, list[str]] = {}
    for word in words:
        if word.startswith("--"):
            options[word[2:]] = []
        elif options:
            options[next(reversed(options))].append(word)
        else:
            raise SystemExit(f"aws: expected an option, got {word}")
    return options


def _typed(shape: Shape, values: list[str]) -> Any:
    if shape.type_name == "list":
        return values
    if shape.type_name in ("structure", "map"):
        return json.loads(values[0])
    return int(values[0]) if shape.type_name in ("integer", "long") else values[0]


def _parameters(shape: StructureShape | None, options: dict[str, list[str]]) -> dict[str, Any]:
    members = {xform_name(name, "-"): (name, member) for name, member in (shape.members if shape else {}).items()}
    found: dict[str, Any] = {}
    for option, values in options.items():
        name, member = members.get(option) or members.get(option.removeprefix("no-")) or (None, None)
        if member is None:
            raise SystemExit(f"aws: unknown option --{option}; expected one of {', '.join(sorted(members))}")
        found[str(name)] = option in members if member.type_name == "boolean" else _typed(member, values)
    return found


def _text(value: Any) -> str:
    """Render like ``--output text``: tabs between values."""
    return "\t".join(map(_text, value)) if isinstance(value, list) else str(value)


def main(words: list[str]) -> None:
    """Run one command line."""
    service, operation, *rest = words
    client = botocore.session.Session().create_client(service)
    operations = {xform_name(name, "-"): name for name in client.meta.service_model.operation_names}
    if operation == "wait":
        waiter, *rest = rest
        waiting = client.get_waiter(waiter.replace("-", "_"))
        shape = client.meta.service_model.operation_model(waiting.config.operation).input_shape
        waiting.wait(**_parameters(shape, _options(rest)))
        return
    if operation not in operations:
        raise SystemExit(f"aws {service}: unknown operation {operation}")
    options = _options(rest)
    query, output = options.pop("query", None), options.pop("output", ["json"])
    shape = client.meta.service_model.operation_model(operations[operation]).input_shape
    answer = getattr(client, xform_name(operations[operation]))(**_parameters(shape, options))
    answer.pop("ResponseMetadata", None)
    found = jmespath.search(query[0], answer) if query else answer
    print(_text(found) if output == ["text"] else json.dumps(found, default=str))


if __name__ == "__main__":
    main(sys.argv[1:])
