"""Route 53: a record that was deleted can be created again.

Gap: ChangeResourceRecordSets refuses a CREATE that it has seen before, although the record is gone. Resource type:
aws_route53_record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.route53.models import Route53Backend

from .support import extend_method


def _identity(record: dict[str, Any]) -> tuple[str, str, str | None]:
    return record["Name"].rstrip("."), record["Type"], record.get("SetIdentifier")


def _change_records(
    stock: Callable[..., None], backend: Route53Backend, zoneid: str, change_list: list[dict[str, Any]]
) -> None:
    deleted = {_identity(change["ResourceRecordSet"]) for change in change_list if change["Action"] == "DELETE"}
    stock(backend, zoneid, change_list)
    changes = backend.get_hosted_zone(zoneid).rr_changes
    changes[:] = [change for change in changes if _identity(change["ResourceRecordSet"]) not in deleted]


def install() -> None:
    """Install the extension."""
    extend_method(Route53Backend, "change_resource_record_sets", _change_records)
