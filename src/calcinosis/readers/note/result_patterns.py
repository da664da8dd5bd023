"""What stands around the number of a result in prose: signs before it, its unit, its limits."""

from __future__ import annotations

import re

SIGNS = re.compile(r"(?:[\s:=,|()\[\]~≈]|;(?=\S)|2?\+{1,2}(?=[ \t:=]))*+")
"""What may stand between a name and its number beside words."""
BEHIND = re.compile(r"[\s()\[\]]*+")
"""What may stand between a number and its date."""
NUMBER_BESIDE = re.compile(r"[ \t]++[0-9]")
UNIT = re.compile(
    r"(?:[ \t|]|;(?=\S))*+(?P<unit>(?:10[\^*]?\d\s?/\s?|x\s?10[\^*]?\d\s?/\s?)?[A-Za-zµμ%°][^\s,;()\[\]]*+)"
)
UNIT_IN_BRACKETS = re.compile(
    r"[ \t]*+\([ \t]*+(?P<unit>(?:10[\^*]?\d\s?/\s?)?[A-Za-zµμ%][^\s,;()\[\]]{0,15}+)[ \t]*+\)"
)
"""A unit in brackets behind its number: "540 (umol/L)"."""
PER = re.compile(r"[ \t]*+(?:per|/)[ \t]*+(?P<below>[A-Za-zµμ]+)")
COUNT_PER = re.compile(
    r"[ \t]*+(?:cells?[ \t]*+)?(?:/|per\b)[ \t]*+(?P<below>[uµμ]L|microlit(?:er|re)|mm\^?3|mm³|cmm)", re.I
)
FLAG_CODE = re.compile(r"(?:[ \t|*(\[]|;(?=\S))*+(?P<code>HH|LL|HU|LU|H|L)(?![\w.-])")
"""The letters that laboratories print behind a result: `H` for high."""
BETWEEN_NUMBERS = re.compile(r"[ \t]*+(?:,?[ \t]*+\band\b|,|/)[ \t]*+(?=[0-9<>≤≥])")
NEXT_NUMBERS = re.compile(r"[0-9]++(?:[.,][0-9]++)*+")
NAMED_UNIT = re.compile(
    r"[ \t]*+(?:,[ \t]*+)?[(\[]?[ \t]*+(?P<unit>[A-Za-zµμ]{1,6}+/[A-Za-zµμ0-9.]{1,8}+|[°º][CF])[ \t]*+[)\]]?"
)
"""A unit between a name and its number, as in the rows of a table."""
WORDS_OF_ANOTHER = re.compile(r"-[A-Za-z]")
"""What makes a number the beginning of a name: "25-OH"."""
OTHER_WORDS = re.compile(r"[;.]\s|(?<![A-Za-z])[A-Za-z]{2,}+[ \t]*+:|\bvit")
"""What ends a row of numbers of one result."""
LIMITS = re.compile(
    r"(?:[ \t|]|;(?=\S))*+[(\[]?[ \t]*+"
    r"(?:(?:normal|reference|ref|target|limits?|range|n|nr|rr|normal range|reference range)[.:]?[ \t]*+)*+",
    re.I,
)
LIMITS_END = re.compile(r"[^()\[\]\n]{0,40}+[)\]]")
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})++(?:[.][0-9]++)?")
"""In English a comma before three digits parts thousands."""
ROW_LIMITS = re.compile(
    r"(?:[ \t|]++[0-9]++(?:[.,][0-9]++)?+(?![0-9.,]|[ \t]*+[-–/]))++[ \t|(\[]++"
    r"(?P<lower>[0-9]++(?:[.][0-9]++)?+)[ \t]*+[-–][ \t]*+(?P<upper>[0-9]++(?:[.][0-9]++)?+)(?![0-9.,/-])"
)
"""The limits at the end of a row of numbers of one result: "2.55 | 2.88 | 2.20-2.60"."""
NEXT_OF_SERIES = re.compile(r"[0-9]++(?:[.,][0-9]++)*+[ \t]*+(?:-+>|→|⟶|=>)[ \t]*+(?=[0-9])")
"""A number of a series and the arrow to the next: "2.4 -> 2.1 -> 1.7"."""
REACHED = re.compile(r"up[ \t]{1,3}to[ \t]{1,3}(?=[0-9])", re.I)
"""What a result has reached, and no bound: "CRP up to 190"."""
SIGN_BEFORE = re.compile(r"[ \t]*+(?:[<>≤≥]=?)?[ \t]*+")
SPACED_THOUSANDS = re.compile(r"(?P<first>[1-9][0-9]{0,2})(?P<rest>(?:[ ][0-9]{3})++)(?![0-9]|[.,/:][0-9]|[ ][0-9])")
"""A number of which a space parts the thousands: "1 850"."""
PAIR = re.compile(
    r"(?P<upper>[0-9]{2,3})[ \t]?/[ \t]?(?P<lower>[0-9]{2,3})(?![0-9/])(?P<unit>[ \t]*+mm[ \t]?\[?Hg\]?)?"
)
OF_A_WHOLE = re.compile(
    r"(?P<number>[0-9]{1,3}+)(?:[ \t]?/[ \t]?|[ \t]+out[ \t]+of[ \t]+)(?P<whole>[0-9]{1,3}+)(?![0-9/])"
)
"""A score with its whole: "8/10", "8 out of 10"."""
FROM_TO = re.compile(
    r"(?P<first>[0-9]++(?:[.,][0-9]++)*+)(?:[ \t]++[A-Za-zµμ%][^\s,;()]{0,14}+)??"
    r"[ \t]*+(?:to|-+>|→|⟶|=>)[ \t]*+(?=[0-9])"
)
"""An earlier number and the way to the next: "from 9.8 to 12.4"."""
