"""ECR: layers, as an image's configuration is one.

Gap: InitiateLayerUpload, UploadLayerPart, CompleteLayerUpload and GetDownloadUrlForLayer are missing, so that nothing
can read for which architecture an image is. No resource type: ``make deploy`` and ``make verify`` look at it.

What is uploaded can be downloaded at ``/simulator/layers/DIGEST`` (see downloads.py). Docker's own push goes to the
registry's other API, which the simulator does not have.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.ecr.exceptions import InvalidParameterException
from moto.ecr.responses import ECRResponse

from downloads import PREFIX

from .support import store

# Layers have their content's digest for a name, so that those of all repositories may share one place.
_LAYERS: dict[str, bytes] = {}


class _LayersNotFound(ServiceException):
    code = "LayersNotFoundException"


def layer(digest: str) -> bytes | None:
    """The content of a layer."""
    return _LAYERS.get(digest)


def _uploads(response: ECRResponse) -> dict[str, Any]:
    return store(response.ecr_backend, "uploads")


def _initiate(response: ECRResponse) -> ActionResult:
    response.ecr_backend.describe_repositories(repository_names=[response._get_param("repositoryName")])
    upload = str(uuid.uuid4())
    _uploads(response)[upload] = b""
    return ActionResult({"uploadId": upload, "partSize": 10485760})


def _upload_part(response: ECRResponse) -> ActionResult:
    upload = response._get_param("uploadId")
    _uploads(response)[upload] += base64.b64decode(response._get_param("layerPartBlob"))
    return ActionResult({"uploadId": upload, "lastByteReceived": len(_uploads(response)[upload]) - 1})


def _complete(response: ECRResponse) -> ActionResult:
    upload = response._get_param("uploadId")
    content = _uploads(response).pop(upload)
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    if digest not in response._get_param("layerDigests"):
        raise InvalidParameterException("The layer digest does not match the content.")
    _LAYERS[digest] = content
    name = response._get_param("repositoryName")
    return ActionResult({"repositoryName": name, "uploadId": upload, "layerDigest": digest})


def _download_url(response: ECRResponse) -> ActionResult:
    digest = response._get_param("layerDigest")
    if digest not in _LAYERS:
        raise _LayersNotFound(f"The repository does not have the layer {digest}.")
    host = response.headers["Host"]
    return ActionResult({"layerDigest": digest, "downloadUrl": f"http://{host}{PREFIX}{digest}"})


def install() -> None:
    """Install the extension."""
    ECRResponse.initiate_layer_upload = _initiate
    ECRResponse.upload_layer_part = _upload_part
    ECRResponse.complete_layer_upload = _complete
    ECRResponse.get_download_url_for_layer = _download_url
