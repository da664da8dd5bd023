"""What stands around the number of a result in prose: words before it, its unit, its limits, the next number."""

from __future__ import annotations

import re
from dataclasses import dataclass

BEFORE_NUMBER = re.compile(
    r"(?:2?\+{1,2}(?=[ \t:=]))?"
    r"(?:[ \t]|[:=,|]|\b(?:levels?|concentration|values?|is|was|were|are|of|at|measured|about|approximately|around|"
    r"only|now|came back|count|today|result|serum|plasma|titre|in)\b|\((?:serum|plasma|total|blood|intact)\))*+"
)
UNIT = re.compile(r"[ \t]*+(?P<unit>(?:10[\^*]?\d\s?/\s?|x\s?10[\^*]?\d\s?/\s?)?[A-Za-zµμ%°][^\s,;()\[\]]*+)")
PER = re.compile(r"[ \t]*+(?:per|/)[ \t]*+(?P<below>[A-Za-zµμ]+)")
COUNT_PER = re.compile(
    r"[ \t]*+(?:cells?[ \t]*+)?(?:/|per\b)[ \t]*+(?P<below>[uµμ]L|microlit(?:er|re)|mm\^?3|mm³|cmm)", re.I
)
LIMITS = re.compile(
    r"[ \t]*+[(\[]?[ \t]*+"
    r"(?:(?:normal|reference|ref|target|limits?|range|n|nr|rr|normal range|reference range)[.:]?[ \t]*+)*+"
)
LIMITS_END = re.compile(r"[^()\[\]\n]{0,40}+[)\]]")
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})++(?:[.][0-9]++)?")
"""In English a comma before three digits parts thousands."""
NEXT_NUMBER = re.compile(r"(?:,|;|\band|\bthen|\bbut)[ \t]++(?=\d)")
NOW = re.compile(r"[ \t]*+(?:today|now|currently|at present|this morning|on repeat)\b")


@dataclass(frozen=True, slots=True)
class ResultName:
    """A name of a result: its fact, from where to where, whether it is a short one or denied."""

    fact: str
    start: int
    end: int
    is_short: bool = False
    is_denied: bool = False
