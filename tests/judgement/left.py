"""Patients of whom something is still not as expected, and why."""

LEFT = {
    "m57-note-leak-2019": "that an old leak healed is told of it as `it`, in a sentence of its own: not read",
    "m64-note-rheumatoid-nodule": "a film without calcium is not read where no place is named beside it",
    "m69-note-scar-of-excision": "a note does not tell the scar of a removal from another one",
    "v03-healed-calciphylaxis-warfarin-again": "treatments are judged where a type is in question; warfarin is to be stopped",
    "v10-tofacitinib-lymphocytes-never-repeated": "a count of sixteen months ago is told as an earlier danger, not as today's",
    "v15-warfarin-day-4-breast": "treatments are judged where a type is in question; warfarin is to be stopped",
    "v17-sarcoid-hypercalcaemia-supplements": "the active vitamin D of a known sarcoidosis is not among the first twelve tests",
}
