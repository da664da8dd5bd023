"""What each part of a question counts when statements are ranked, and which aspects answer for one another."""

from __future__ import annotations

from msgspec import Struct


class Weights(Struct, frozen=True):
    """What each part counts."""

    named: float = 2.0
    aspect: float = 1.2
    words: float = 1.5
    all_words: float = 0.75
    kind: float = 0.4
    prior: float = 0.9
    prior_beside_names: float = 0.5
    prior_beside_words: float = 0.3
    missing: float = 0.9
    of_type: float = 0.5
    of_cause: float = 1.0
    cause_alone: float = 0.5
    """What a disease counts of which no word asks anything: it may be told as one's own."""
    title: float = 0.75
    topic: float = 0.92
    said: float = 0.42
    said_alone: float = 0.5
    """What a statement counts that names a thing of which nothing else tells what is asked."""
    unasked: float = 0.45
    intent: float = 2.2
    stranger: float = 0.7
    unfit: float = 0.7
    loose: float = 0.5
    setting: float = 0.1
    led_to: float = 0.45
    other_class: float = 0.4
    theme: float = 0.6
    number: float = 1.1
    """What a number counts where one is asked for."""
    scope: float = 0.5
    """What a disease counts beside a treatment or test that is named."""
    other_name: float = 0.65
    sure: float = 0.35
    """The share of a question's words in the examples of an intent that makes it sure."""
    other_aspect: float = 0.8
    """What an intent counts that asks for something else than the words of a question do."""
    beside: float = 0.55
    beside_treatment: float = 0.2
    """What an entry of an intent counts that does not speak of what is named, and of a treatment or test that is."""
    like_entry: float = 4.0
    like_aspect: float = 0.7
    """What it counts that an entry answers the examples which a question is like, and with this aspect."""
    like_sure: float = 0.2
    """The share of these examples by which an entry counts in full."""
    like_near: float = 0.3
    """The likeness to the most similar example by which it counts in full."""
    like_beside: float = 0.4
    like_trust: float = 0.35
    """What an entry counts of it that does not speak of what is named, and the share that makes up for that."""
    situation: float = 0.7
    """What a statement counts less that speaks of a situation of which nothing is said in the question."""
    like_others: float = 0.3
    """What a statement counts of it that speaks of other diseases than those named."""
    like_less: float = 0.6
    """What an entry counts less of it where a question is surely one of an intent."""


WEIGHTS = Weights()
NEAR: dict[str, dict[str, float]] = {
    "resolves": {"outlook": 0.9, "against": 0.5, "home": 0.5, "follow-up": 0.4, "treatment": 0.4},
    "home": {"prevention": 0.7, "against": 0.5, "safety": 0.4},
    "treatment": {"against": 0.9, "home": 0.6, "evidence": 0.4},
    "help": {"symptoms": 0.3},
    "evidence": {"treatment": 0.9, "against": 0.9, "outlook": 0.5},
    "difference": {"what": 0.7, "tests": 0.5, "treatment": 0.5, "against": 0.4},
    "causes": {"what": 0.7, "against": 0.7, "safety": 0.6, "evidence": 0.6},
    "what": {"symptoms": 0.5, "causes": 0.5, "frequency": 0.4, "difference": 0.4},
    "effects": {"symptoms": 0.9, "outlook": 0.8, "help": 0.6, "causes": 0.5, "what": 0.4},
    "why": {"symptoms": 0.8, "causes": 0.8, "what": 0.7, "home": 0.5},
    "inherited": {"what": 0.7, "causes": 0.6, "frequency": 0.3},
    "contagious": {"causes": 0.4, "what": 0.4},
    "safety": {"against": 0.95, "taken": 0.7, "home": 0.7, "treatment": 0.5, "dose": 0.3},
    "taken": {"safety": 0.9, "against": 0.9, "treatment": 0.4},
    "life": {"home": 0.5, "prevention": 0.4},
    "dose": {"treatment": 0.5},
    "symptoms": {"what": 0.7, "help": 0.4},
    "frequency": {"causes": 0.5, "what": 0.3},
    "outlook": {"help": 0.6, "resolves": 0.7, "what": 0.5},
    "claims": {"treatment": 0.9, "against": 0.9, "home": 0.9, "evidence": 0.8, "what": 0.5},
    "follow-up": {"tests": 0.4, "help": 0.3},
    "tests": {"difference": 0.4},
    "prevention": {"home": 0.6, "treatment": 0.4},
}
"""Aspects that answer too where nothing tells exactly what is asked, and how well."""
