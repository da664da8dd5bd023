"""Patients of whom something is still not as expected, and why."""

LEFT = {
    "h26-hd-uti-text-pain": "warfarin is to be stopped under the id vitamin-k-antagonists; warfarin is its other use",
}
