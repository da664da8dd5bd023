"""The studies behind a treatment in words: what was counted, what was not and why, what follows."""

from __future__ import annotations

IMPROVED = "{improved} of {patients} improved in {studies} that {count}."
MEAN = (
    "Random-effects mean ({end_point}): {value:.1%} ({low:.1%} to {high:.1%}), {studies} studies, I² {i_squared:.0%}."
)
MEAN_OF = "random-effects mean of {studies} studies"
LEVEL_STATED = "Level as stated: {level}"
FOLLOWS = "What follows, by the rule of recommendation.yaml:"
DIRECTNESS = {1: "studied in it", 2: "studied in the disease behind it", 3: "by analogy"}
AVOID, AVOID_SOME = "avoid", "avoid in some people, whatever speaks for it"
CONSIDER, NO_STATEMENT = "may be considered", "no statement"
BASIS = "grade {grade}: level {level}, {directness}"
FEW, INCONCLUSIVE = "few or no patients counted", "too few improved"
ROW = "{improved} of {patients} improved{point}: {share}"
SHARE = "{value:.0%} ({low:.0%} to {high:.0%})"
LABELS = {"duration": "duration: {text}", "harms": "harms: {text}"}
NOT_COUNTED_BECAUSE = "not counted: {why}"
COMPARISON = "{type}: its treatments, by number of patients"
COMPARED = "{improved} of {patients} in {studies}, {share}"
NO_STUDY = "no study that counts"

TOO_FEW_ROWS = "not pooled: {count} of {rows} rows count, at least {least} are needed"
NO_END_POINT = "not pooled: what the studies counted as improvement is not stated alike"
NO_SHARED_END_POINT = "not pooled: no {least} studies share one end point ({points})"

MACHINE_WRITTEN, CONSUMER_PAGE, SINGLE_CASE = "machine-written page", "consumer page", "single case"
NO_PATIENTS = "{kind}, no patients of its own"
NUMBER_TREATED, NUMBER_IMPROVED = "number treated not seen", "number improved not seen"

PLOT_NOTE, PLOT_LABEL = "{improved} of {patients}", "{name}, {about}"
PLOT_POOLED, PLOT_POOLED_NOTE = "Pooled: {end_point}", "{improved} of {patients}, I² {i_squared:.0%}"
PLOT_COMPARED = "{improved} of {patients}, {studies}"
PLOT_AXIS = "improved, with 95 % interval"
PLOT_ENDINGS = "{file}: a plot is written as .svg or .png"


def studies(count: int) -> str:
    """Return a number of studies."""
    return f"{count} {'study' if count == 1 else 'studies'}"


def improved(improved_count: int, patients: int, study_count: int) -> str:
    """Return how many improved in the studies that count."""
    count = "counts" if study_count == 1 else "count"
    return IMPROVED.format(improved=improved_count, patients=patients, studies=studies(study_count), count=count)
