"""What the drawings of the types show, in words."""

from __future__ import annotations

DRAWINGS: dict[str, str] = {
    "dystrophic": "Drawing of skin cut across: white lumps of calcium among scarred fibres; one has opened through the "
    "skin and chalk comes out.",
    "metastatic": "Drawing of skin cut across: a large white mass of calcium in the fat beside a joint; the skin above "
    "looks normal.",
    "iatrogenic": "Drawing of skin cut across: a needle in a vein, and calcium where the fluid spread beside it.",
    "idiopathic": "Drawing of skin cut across: one round white lump of calcium lifts normal skin.",
    "calciphylaxis": "Drawing of skin cut across: small blood vessels have walls of calcium and are blocked; the "
    "skin above is black.",
}
"""What a drawing shows, for who cannot see it."""
CAPTIONS: dict[str, str] = {
    "dystrophic": "Skin, cut across. White: calcium. A lump near the surface can open, and chalk comes out.",
    "metastatic": "Skin, cut across. White: calcium, deep in the fat near a joint.",
    "iatrogenic": "Skin, cut across. White: calcium where a drip or needle went in.",
    "idiopathic": "Skin, cut across. White: calcium under skin that is healthy.",
    "calciphylaxis": "Skin, cut across. White rings: blood vessels with calcium in the wall. Dark: dead skin.",
}
