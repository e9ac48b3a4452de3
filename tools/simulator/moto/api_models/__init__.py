"""Holds each request against AWS's own API models, as botocore has them, and refuses what they do not allow.

moto stores what it is sent. The models say of each operation which members are required, and which pattern, enumeration, length
and range each value has; AWS checks these before anything else. They are a floor: what holds between members, and most limits of
Elastic Load Balancing and ECS, is not in them.
"""

from __future__ import annotations

from .judge import ApiModelJudge

__all__ = ["ApiModelJudge"]
