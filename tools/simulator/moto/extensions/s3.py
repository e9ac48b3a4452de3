"""S3: deleting a versioned bucket that holds delete markers.

Gap: once versioning is suspended, as Terraform does before it empties a bucket, deleting a key calls dispose on all its
versions, and moto's delete markers lack that method.
Resource type: aws_s3_bucket with versioning and ``force_destroy``. (Bucket policies: see iam_conditions.)
"""

from __future__ import annotations

from moto.s3.models import FakeDeleteMarker


def _dispose(marker: FakeDeleteMarker, garbage: bool = False) -> None:
    """A delete marker holds no data: nothing to release."""


def install() -> None:
    """Install the extension."""
    FakeDeleteMarker.dispose = _dispose
