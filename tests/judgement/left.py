"""Patients of whom something is still not as expected, and why."""

LEFT = {
    "h26-hd-uti-text-pain": "warfarin is to be stopped under the id vitamin-k-antagonists; warfarin is its other use",
    "m57-note-leak-2019": "that an old leak healed is told of it as `it`, in a sentence of its own: not read",
    "m64-note-rheumatoid-nodule": "a film without calcium is not read where no place is named beside it",
    "m69-note-scar-of-excision": "a note does not tell the scar of a removal from another one",
}
