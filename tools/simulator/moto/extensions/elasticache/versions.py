"""Engine versions as ElastiCache reports them: always in full, whatever was requested."""

from __future__ import annotations

DEFAULT_VERSIONS = {"redis": "7.1", "valkey": "8.0", "memcached": "1.6.22"}


def full_version(engine: str, asked: str | None) -> str:
    """``7.1`` becomes ``7.1.0``; nothing becomes the engine's default."""
    parts = (asked or DEFAULT_VERSIONS[engine]).split(".")
    return ".".join([*parts, "0", "0"][: max(3, len(parts))])


def parameter_group_family(engine: str, version: str) -> str:
    """The family of a version, such as ``valkey8`` or ``redis7``."""
    major = version.split(".")[0]
    if engine == "memcached":
        return "memcached" + ".".join(version.split(".")[:2])
    return f"redis{major}.x" if engine == "redis" and major == "6" else engine + major
