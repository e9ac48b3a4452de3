"""What an apply interrupts although AWS accepts each of its requests, such as the way out of a subnet; read at /simulator/report."""

from __future__ import annotations

INTERRUPTIONS: list[str] = []
