"""Resources that exist outside the stack under test, such as a certificate issued by another team.

moto refuses an ALB listener with an unknown ACM certificate, as AWS does, so a literal ARN in a configuration must
exist before the apply. The key pair is generated and not kept; only the ARN matters.
"""

from __future__ import annotations

ARN_SHAPE = "arn:<partition>:acm:<region>:<account>:certificate/<id>"
PLACEHOLDER_DOMAIN = "seeded.example.com"


def seed_certificates(arns: list[str]) -> None:
    """Put one issued certificate into ACM for each ARN. Raises ValueError for a malformed ARN."""
    for arn in arns:
        _seed_certificate(arn)


def _seed_certificate(arn: str) -> None:
    from moto.acm.models import CertBundle, acm_backends

    parts = arn.split(":")
    if len(parts) != 6 or parts[2] != "acm" or not parts[5].startswith("certificate/"):
        raise ValueError(f"--certificate: expected {ARN_SHAPE}, got {arn}")
    region, account = parts[3], parts[4]
    bundle = CertBundle.generate_cert(domain_name=PLACEHOLDER_DOMAIN, account_id=account, region=region)
    bundle.arn = arn
    bundle.status = "ISSUED"
    acm_backends[account][region]._certificates[arn] = bundle
