"""Importing this prepares a process for records: those that are forked from it begin ready.

For a server of forks alone: it reads no record itself, so what its forks inherit holds none.
"""

from __future__ import annotations

from calcinosis.interfaces.web.serve import prepare

prepare()
