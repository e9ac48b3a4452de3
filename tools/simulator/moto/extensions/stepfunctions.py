"""Step Functions: validation of definitions.

Gap: moto has neither ValidateStateMachineDefinition, which the provider calls on every plan of a changed definition, nor
ListStateMachineVersions. Resource type: aws_sfn_state_machine. The check finds JSON that cannot be parsed, states that do not exist and
states that nothing leads to; AWS checks the fields of each state as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from moto.core.responses import ActionResult
from moto.stepfunctions.responses import StepFunctionResponse


def _targets(state: dict[str, Any]) -> Iterator[str]:
    """The names of the states that may follow."""
    for key in ("Next", "Default"):
        if key in state:
            yield state[key]
    for branch in (*state.get("Choices", []), *state.get("Catch", [])):
        if "Next" in branch:
            yield branch["Next"]


def _mistakes(machine: dict[str, Any], path: str = "") -> Iterator[str]:
    states = machine.get("States", {})
    targets = {machine.get("StartAt"), *(name for state in states.values() for name in _targets(state))}
    for name in sorted(str(target) for target in targets - set(states)):
        yield f"{path}/States: there is no state {name}"
    for name in sorted(set(states) - targets):
        yield f"{path}/States/{name}: nothing leads to this state"
    for name, state in states.items():
        ends = state.get("End") is True or state.get("Type") in ("Succeed", "Fail", "Choice")
        if not ends and "Next" not in state:
            yield f"{path}/States/{name}: it has neither Next nor End"
        if "ItemProcessor" in state:
            yield from _mistakes(state["ItemProcessor"], f"{path}/States/{name}/ItemProcessor")


def _validate(response: StepFunctionResponse) -> ActionResult:
    try:
        machine = json.loads(response._get_param("definition"))
        mistakes = list(_mistakes(machine))
    except (json.JSONDecodeError, AttributeError) as error:
        mistakes = [f"The definition is not valid JSON: {error}"]
    diagnostics = [
        {"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": mistake} for mistake in mistakes
    ]
    return ActionResult({"result": "FAIL" if mistakes else "OK", "diagnostics": diagnostics, "truncated": False})


def _list_versions(_: StepFunctionResponse) -> ActionResult:
    return ActionResult({"stateMachineVersions": []})


def install() -> None:
    """Install the extension."""
    StepFunctionResponse.validate_state_machine_definition = _validate
    StepFunctionResponse.list_state_machine_versions = _list_versions
