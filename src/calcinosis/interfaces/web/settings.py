"""What the web application is told when it starts."""

from __future__ import annotations

import ipaddress
import socket

from msgspec import Struct

from calcinosis.words.en import documents

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SHORTEST_TOKEN = 16
"""Letters of a token; shorter ones can be guessed."""
MEGABYTE = 1024 * 1024


class Settings(Struct, frozen=True, kw_only=True):
    """Where the application listens, who may use it, how much it takes, and whether a process answers only once."""

    host: str = "127.0.0.1"
    port: int = 8000
    token: str = ""
    largest_record: int = 20 * MEGABYTE
    largest_upload: int = 100 * MEGABYTE
    most_records: int = 500
    seconds_of_upload: float = 120.0
    fresh_workers: bool = False

    @property
    def is_open(self) -> bool:
        """Whether other computers can reach it."""
        return self.host not in LOOPBACK

    @property
    def token_problem(self) -> str:
        """What is wrong with the token; empty when nothing is."""
        if self.token and len(self.token) < SHORTEST_TOKEN:
            return documents.SHORT_TOKEN.format(count=len(self.token), least=SHORTEST_TOKEN)
        if self.is_open and not self.token:
            return documents.TOKEN_NEEDED.format(host=self.host, least=SHORTEST_TOKEN)
        return ""

    @property
    def address(self) -> str:
        """The address to open in a browser on this computer."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"

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
