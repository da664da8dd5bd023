"""What the web application is told when it starts."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SHORTEST_TOKEN = 16
"""Letters of a token; shorter ones can be guessed."""
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the application listens, who may use it, and how much it takes."""

    host: str = "127.0.0.1"
    port: int = 8000
    token: str = ""
    largest_record: int = 20 * MEGABYTE
    largest_upload: int = 100 * MEGABYTE
    most_records: int = 500

    @property
    def is_open(self) -> bool:
        """Whether other computers can reach it."""
        return self.host not in LOOPBACK

    def serves(self, name: str) -> bool:
        """Whether it answers to a host name: a foreign name that leads here is a rebinding attack."""
        if name in LOOPBACK or name == self.host:
            return True
        if not self.is_open:
            return False
        return _is_address(name) or name in {socket.gethostname(), socket.getfqdn()}


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
