"""Patients of whom something is still not as expected, and why."""

LEFT = {
    "m64-note-rheumatoid-nodule": "a film without calcium, of a place that is not told, does not end the suspicion",
    "m69-note-scar-of-excision": "a note does not tell the scar of a removal from another one",
    "q12-dm-chokes-nasal-voice-methotrexate-daily": "it is among what to stop, under the name of taking it every day",
    "v03-healed-calciphylaxis-warfarin-again": "no type is in question, so no treatment is judged; it is to be stopped",
    "v10-tofacitinib-lymphocytes-never-repeated": "an old count is an earlier danger, not one of today",
    "v15-warfarin-day-4-breast": "no type is in question, so no treatment is judged; it is to be stopped",
    "v17-sarcoid-hypercalcaemia-supplements": "active vitamin D is not among the first twelve tests",
}
