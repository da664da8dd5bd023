"""Requests to the web application, each with something that a browser would not send."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

# fmt: off
PATHS = [
    "/", "/form", "/note", "/assess", "/assess/progress", "/assess/patient", "/ask", "/types", "/types/metastatic",
    "/treatments/diltiazem", "/claims",
    "/sources", "/sources/x", "/search", "/many", "/api", "/api/openapi.json", "/api/assess", "/api/knowledge",
    "/api/knowledge/diltiazem",
    "/api/claims", "/api/evidence/diltiazem", "/static/app.css", "/static/../pyproject.toml",
    "/static/%2e%2e/%2e%2e/etc/passwd", "/token",
    "//evil.example/", "/%00", "/types/%F0%9F%A6%B4", "/\u202e", "/api/knowledge/" + "a" * 5000, "/nothing",
]
HEADERS = {
    "origin": ["http://evil.example", "null", "http://[", "http://127.0.0.1:8000", ""],
    "host": ["evil.example", "127.0.0.1:8000", "127.0.0.1:8000/x?", "[::1", "localhost"],
    "content-type": ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded", "é"],
    "content-encoding": ["gzip", "identity", "br, gzip"],
    "content-length": ["-1", "99999999999", "x"],
    "accept-language": ["de", "*" * 300, ";q=0"],
    "sec-fetch-site": ["cross-site", "same-origin", "odd"],
    "authorization": ["Bearer x", "Basic eA==", "Bearer"],
    "cookie": ["calcinosis_token=x", "=;;", "a=" + "b" * 3000],
    "x-forwarded-host": ["evil.example"],
}
FIELDS = ["age", "age.unit", "sex", "phosphate", "phosphate.unit", "record", "name", "q", "question", "note",
    "answers", "as_of", "struck", "added", "units", "odd"]
# fmt: on


@dataclass(frozen=True, slots=True)
class Sent:
    """One request."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def request(body: str, chance: Random) -> Sent:
    """Return a request that may carry a body in its form, its query or whole."""
    method = chance.choice(["GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "ODD"])
    names = chance.sample(sorted(HEADERS), chance.randrange(3))
    headers = {name: chance.choice(HEADERS[name]) for name in names}
    query = {
        chance.choice(FIELDS): chance.choice([body[:200], "1", "", "\x00", "🦴"]) for _ in range(chance.randrange(3))
    }
    kind = chance.randrange(4)
    if kind == 0:
        return Sent(method, chance.choice(PATHS), query, headers, body.encode("utf-8", "surrogatepass"))
    if kind == 1:
        headers.setdefault("content-type", "multipart/form-data; boundary=x")
        part = f'--x\r\ncontent-disposition: form-data; name="{chance.choice(FIELDS)}"; filename="a"\r\n\r\n{body}'
        return Sent(
            method,
            chance.choice(PATHS),
            query,
            headers,
            (part + chance.choice(["\r\n--x--", ""])).encode("utf-8", "replace"),
        )
    if kind == 2:
        headers.setdefault("content-type", "application/x-www-form-urlencoded")
        fields = "&".join(
            f"{chance.choice(FIELDS)}={chance.choice(['', '1', '%', '%zz', '+', '%00', 'yes'])}" for _ in range(12)
        )
        return Sent(method, chance.choice(PATHS), query, headers, fields.encode())
    return Sent(method, chance.choice(PATHS), query, headers)
