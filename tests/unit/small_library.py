"""A small knowledge folder made up for the tests of mechanics, and short ways to say what is known of a person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from calcinosis.library.library import Library
from calcinosis.library.load import KNOWLEDGE, read_library
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.truth import TRUE, Truth, truth

CHECKED = "checked: 2026-01-01\n"

_FACTS = """
id: age
name: Age
kind: quantity
learned_by: demographics
unit: a
plausible: [0, 125]
---
id: sex
name: Sex
kind: choice
learned_by: demographics
words: {female: {names: [woman]}, male: {names: [man]}}
---
id: skin_calcification
name: Calcium in the skin
kind: finding
learned_by: imaging
names: [calcium in the skin, calcinosis cutis]
codes: {icd10cm: {L94.2: Calcinosis cutis}}
---
id: calcinosis_proven
name: Calcium shown
kind: finding
learned_by: imaging
true_when: {any: [{when: skin_calcification}]}
---
id: calcinosis_suspected
name: Calcium suspected
kind: finding
learned_by: examination
true_when: {any: [{when: skin_calcification}, {when: hard_nodules}]}
---
id: hard_nodules
name: Hard nodules
kind: finding
learned_by: examination
names: [hard nodule, stony nodule]
---
id: skin_necrosis
name: Skin necrosis
kind: finding
learned_by: examination
names: [skin necrosis]
---
id: connective_tissue_disease
name: Connective tissue disease
kind: condition
learned_by: history
names: [connective tissue disease]
includes: [systemic_sclerosis, dermatomyositis]
---
id: systemic_sclerosis
name: Systemic sclerosis
kind: condition
learned_by: history
names: [systemic sclerosis, scleroderma]
includes: [limited_systemic_sclerosis]
---
id: limited_systemic_sclerosis
name: Limited systemic sclerosis
kind: condition
learned_by: history
names: [limited systemic sclerosis, crest syndrome]
---
id: dermatomyositis
name: Dermatomyositis
kind: condition
learned_by: history
names: [dermatomyositis]
---
id: gout
name: Gout
kind: condition
learned_by: history
names: [gout]
---
id: urate_crystals
name: Urate crystals
kind: finding
learned_by: histology
names: [urate crystal]
---
id: anti_centromere
name: Anticentromere antibody
kind: result
learned_by: laboratory
names: [anticentromere antibody]
---
id: pregnancy
name: Pregnancy
kind: condition
learned_by: history
names: [pregnancy]
absent_when: {any: [{when: sex is male}, {when: age >= 60 a}]}
---
id: kidney_disease
name: Kidney disease
kind: condition
learned_by: history
names: [kidney disease]
true_when: {any: [{when: "egfr < 60 mL/min/{1.73_m2}"}]}
---
id: phosphate
name: Phosphate
kind: quantity
learned_by: laboratory
unit: mg/dL
molar_mass: 30.973762 g/mol
plausible: [0.2, 30]
valid_for: 365 days
names: [phosphate]
codes: {loinc: {2777-1: "Phosphate [Mass/volume] in Serum or Plasma"}}
usual_limits:
  - {lower: 3.2 mg/dL, upper: 5.7 mg/dL, to_age: 18, cite: review-1}
  - {lower: 0.8 mmol/L, upper: 4.5 mg/dL, from_age: 18, cite: label-1}
---
id: calcium
name: Calcium
kind: quantity
learned_by: laboratory
unit: mg/dL
molar_mass: 40.078 g/mol
valence: 2
plausible: [2, 25]
names: [calcium]
---
id: albumin
name: Albumin
kind: quantity
learned_by: laboratory
unit: g/dL
plausible: [0.5, 8]
names: [albumin]
---
id: corrected_calcium
name: Corrected calcium
kind: quantity
learned_by: laboratory
unit: mg/dL
formula: calcium + 0.8 * (4 - albumin)
cite: review-1
---
id: creatinine
name: Creatinine
kind: quantity
learned_by: laboratory
unit: mg/dL
molar_mass: 113.12 g/mol
plausible: [0.1, 30]
names: [creatinine]
---
id: egfr
name: Filtration rate
kind: quantity
learned_by: laboratory
unit: "mL/min/{1.73_m2}"
formula: 100 / creatinine
formula_when: age >= 18 a
cite: review-1
---
id: haemoglobin
name: Haemoglobin
kind: quantity
learned_by: laboratory
unit: g/dL
names: [haemoglobin]
usual_limits:
  - {lower: 12 g/dL, upper: 16 g/dL, sex: female, cite: review-1}
  - {lower: 13 g/dL, upper: 17 g/dL, sex: male, cite: review-1}
---
id: systolic_blood_pressure
name: Systolic blood pressure
kind: quantity
learned_by: examination
unit: "mm[Hg]"
names: [systolic blood pressure]
---
id: warfarin
name: Warfarin
kind: medicine
learned_by: history
names: [warfarin]
---
id: diltiazem
name: Diltiazem
kind: medicine
learned_by: history
names: [diltiazem]
---
id: beta_blocker
name: Beta blocker
kind: medicine
learned_by: history
names: [beta blocker]
includes: [metoprolol]
---
id: metoprolol
name: Metoprolol
kind: medicine
learned_by: history
names: [metoprolol]
---
id: calcium_gluconate
name: Calcium gluconate
kind: medicine
learned_by: history
names: [calcium gluconate]
---
id: calcium_infusion
name: Calcium infusion
kind: exposure
learned_by: history
names: [calcium infusion]
includes: [calcium_gluconate]
routes: [injection]
---
id: days_to_deposit
name: Days from infusion to deposit
kind: quantity
learned_by: history
unit: d
days_from: calcium_infusion
days_to: skin_calcification
---
id: av_block
name: Atrioventricular block
kind: choice
learned_by: history
words:
  first_degree: {names: [first degree block]}
  second_degree: {names: [second degree block]}
  third_degree: {names: [complete heart block]}
---
id: warfarin_allergy
name: Warfarin allergy
kind: allergy
learned_by: history
substance: warfarin
---
id: biopsy_taken
name: Biopsy
kind: procedure
learned_by: history
names: [biopsy]
---
id: leg
name: Leg
kind: site
learned_by: examination
names: [leg]
"""

_TYPES = """
id: calciphylaxis
name: Calciphylaxis
rank: 1
summary: {says: Small vessels calcify., cite: review-1}
suspect_when: {any: [{when: skin_necrosis, cite: review-1}]}
established_when:
  all:
    - {when: skin_calcification, cite: review-1}
    - {when: skin_necrosis, cite: review-1}
    - {when: kidney_disease, cite: review-1}
---
id: iatrogenic
name: Iatrogenic calcinosis
rank: 2
summary: {says: Put there by treatment., cite: review-1}
suspect_when: {any: [{when: calcium_infusion, cite: review-1}]}
established_when:
  all:
    - {when: skin_calcification, cite: review-1}
    - {when: cause_of_iatrogenic, cite: review-1}
excluded_when: {any: [{when: days_to_deposit > 60 d, cite: review-1}]}
---
id: metastatic
name: Metastatic calcinosis
rank: 3
summary: {says: Minerals are disturbed., cite: review-1}
suspect_when: {any: [{when: phosphate > upper_limit, cite: review-1}]}
established_when:
  all:
    - {when: skin_calcification, cite: review-1}
    - {when: phosphate > upper_limit, cite: review-1}
---
id: dystrophic
name: Dystrophic calcinosis
rank: 4
summary: {says: Tissue is damaged., cite: review-1}
suspect_when: {any: [{when: connective_tissue_disease, cite: review-1}]}
established_when:
  all:
    - {when: skin_calcification, cite: review-1}
    - {when: cause_of_dystrophic, cite: review-1}
    - {when: not skin_necrosis, cite: review-1}
---
id: idiopathic
name: Idiopathic calcinosis
rank: 5
summary: {says: No cause is found., cite: review-1}
established_when:
  all:
    - {when: skin_calcification, cite: review-1}
    - {when: phosphate <= upper_limit, cite: review-1}
    - {when: not cause_of_dystrophic, cite: review-1}
    - {when: not cause_of_iatrogenic, cite: review-1}
---
id: leg-form
name: Calcinosis of the leg
part_of: idiopathic
summary: {says: On the leg., cite: review-1}
established_when: {any: [{when: leg, cite: review-1}]}
"""

_CAUSES = """
id: systemic-sclerosis
name: Systemic sclerosis
leads_to: [dystrophic]
strength: cause
present_when: {any: [{when: systemic_sclerosis, cite: review-1}]}
suspect_when: {any: [{when: anti_centromere, cite: review-1}]}
treat_first: [{says: Treat the sclerosis., cite: review-1}]
---
id: calcium-infusion
name: Calcium infusion
leads_to: [iatrogenic]
strength: cause
present_when: {any: [{when: calcium_infusion, cite: review-1}]}
---
id: dermatomyositis
name: Dermatomyositis
leads_to: [dystrophic]
strength: association
present_when: {any: [{when: dermatomyositis, cite: review-1}]}
"""

_LOOK_ALIKES = """
id: gouty-tophus
name: Gouty tophus
summary: {says: Urate in the skin., cite: review-1}
suspect_when: {any: [{when: gout, cite: review-1}]}
established_when: {any: [{when: urate_crystals, cite: review-1}]}
tell_apart: [{says: Look for crystals., cite: review-1}]
"""

_INVESTIGATIONS = """
id: serum-phosphate
name: Phosphate in serum
group: blood
burden: 2
measures: [phosphate]
order_when: {any: [{when: skin_calcification, cite: review-1}]}
tells: [{says: Whether phosphate is high., cite: review-1}]
---
id: serum-calcium
name: Calcium in serum
group: blood
burden: 2
measures: [calcium, albumin]
---
id: medicine-history
name: Medicines taken
group: question
burden: 0
measures: [warfarin, beta_blocker, calcium_infusion]
---
id: skin-examination
name: Examination of the skin
group: examination
burden: 1
measures: [skin_necrosis]
---
id: electrocardiogram
name: Electrocardiogram
group: function
burden: 1
measures: [av_block]
---
id: skin-biopsy
name: Biopsy of the skin
group: histology
burden: 5
measures: [urate_crystals, phosphate]
---
id: hair-analysis
name: Analysis of hair
group: function
burden: 0
measures: [phosphate]
advice: not-supported
"""

_TREATMENTS = """
id: diltiazem
name: Diltiazem by mouth
kind: medicine
medicine: diltiazem
for:
  - type: dystrophic
    directness: 1
    level: IV
    says: Some improved.
    cite: series-1
    consider_when: {any: [{when: connective_tissue_disease, cite: series-1}]}
do_not_use_when:
  any:
    - {when: "systolic_blood_pressure < 90 mm[Hg]", cite: label-1}
    - {when: "av_block is one of second_degree, third_degree", cite: label-1}
caution_when: {any: [{when: beta_blocker, cite: label-1}]}
if_taken: [{says: Ask the cardiologist., cite: label-1}]
doses_seen: [{says: 240 mg a day., cite: series-1}]
monitoring: [{says: Blood pressure., cite: label-1}]
evidence:
  - {cite: series-1, design: series, types: [dystrophic], patients: 17, complete: 0, partial: 9, improved: 9}
  - {cite: trial-1, design: single case, types: [dystrophic], patients: 1, improved: 1}
  - {cite: patient-page, design: web page, types: [dystrophic], patients: 50, improved: 50}
---
id: warfarin
name: Warfarin
kind: medicine
medicine: warfarin
for: [{type: dystrophic, directness: 2, level: III, says: Tried., cite: series-1}]
against: [{type: calciphylaxis, says: It worsens the disease., cite: review-1}]
do_not_use_when: {any: [{when: pregnancy, cite: label-1}, {when: warfarin_allergy, cite: label-1}]}
if_taken: [{says: Change to another., cite: review-1}]
---
id: phosphate-binder
name: Phosphate binder
kind: medicine
for: [{type: metastatic, directness: 1, level: II, says: It binds phosphate., cite: trial-1}]
do_not_use_when: {any: [{when: phosphate < 2.5 mg/dL, cite: label-1}]}
---
id: treat-the-cause
name: Treating the cause
kind: cause-directed
for: [{type: dystrophic, directness: 3, level: V, says: It comes first., cite: review-1}]
---
id: observation
name: Watching
kind: supportive
for:
  - {type: dystrophic, directness: 1, level: V, says: Many stay small., cite: review-1}
  - {type: idiopathic, directness: 1, level: V, says: Many stay small., cite: review-1}
---
id: excision
name: Excision
kind: procedure
for:
  - {type: dystrophic, directness: 1, level: IV, says: It can be cut out., cite: series-1}
  - {type: idiopathic, directness: 1, level: IV, says: It can be cut out., cite: series-1}
against:
  - type: all
    says: Wounds do not heal where skin dies.
    cite: review-1
    when: {any: [{when: skin_necrosis, cite: review-1}]}
"""

_RED_FLAGS = """
id: dying-skin
name: Dying skin
urgency: emergency
when: {any: [{when: skin_necrosis, cite: review-1}]}
says: It may be calciphylaxis.
plain: Get help today.
cite: review-1
"""

_FOLLOW_UP = """
id: radiograph
applies_when: {any: [{when: skin_calcification, cite: review-1}]}
says: Repeat the radiograph.
interval: every 12 months
cite: review-1
"""

_CLAIMS = """
id: claim-1
source: seed-1
line: 3
kind: treatment
subject: warfarin
says: Lists warfarin as a treatment.
verdict: contradicted
because: A review says not to use it.
cite: review-1
entry: warfarin
"""

_SOURCES = """
{id: review-1, kind: review, title: A review, year: 2020, doi: 10.1000/review-1, read: abstract}
---
{id: label-1, kind: label, title: A label, url: "https://example.org/label", read: label section}
---
{id: series-1, kind: case-series, title: A series, pmid: "1234", read: abstract}
---
{id: trial-1, kind: RCT, title: A trial, published: A journal 1, read: full text}
---
{id: patient-page, kind: consumer, title: A page for patients, url: "http://example.org/page", read: full text}
---
{id: seed-1, kind: seed, title: A founding document, published: a text file, read: full text}
---
{id: machine-1, kind: review, title: Written by a machine, published: online, read: full text, machine_written: true}
"""

_RECOMMENDATION = """
id: recommendation
name: How evidence becomes a recommendation
summary: [{says: Better studies carry more., cite: review-1}]
grades:
  - {grade: A, levels: [I], directness: [1], cite: review-1}
  - {grade: B, levels: [II, III], directness: [1], cite: review-1}
  - {grade: C, levels: [II, III], directness: [2, 3], cite: review-1}
  - {grade: C, levels: [IV], directness: [1], cite: review-1}
inconclusive: {patients: 10, improved_below: 0.3333, cite: review-1}
few: {patients: 10, cite: review-1}
consider:
  - grades: [A, B, C]
    directness: [1, 2, 3]
    kinds: [medicine, procedure, device, self-care, cause-directed, supportive]
  - grades: [D]
    directness: [1, 2]
    kinds: [medicine, procedure, device, self-care, cause-directed, supportive]
  - {grades: [D], directness: [3], kinds: [self-care, cause-directed, supportive]}
checked: 2026-01-01
"""

_TERMINOLOGY = {
    "release.yaml": 'version: "0"\nreleased: 2026-01-01\n',
    "recommendation.yaml": _RECOMMENDATION,
    "terminology/context.yaml": "absent: {before: [no, denies], after: [absent]}\nends: [but]\n",
    "terminology/concepts.yaml": "slots: {finding: {ulcer: [ulcer*, sore], pain: [pain*]}}\ngroups: {}\n",
    "terminology/sites.yaml": "classes: {}\nplaces: {organ: [stomach]}\nsides: {left: [left]}\n",
    "terminology/languages.yaml": "en: {name: English, own: [the]}\nde: {name: German, own: [kein]}\n",
    "terminology/notes.yaml": (KNOWLEDGE / "terminology" / "notes.yaml").read_text(encoding="utf-8"),
    "terminology/methods.yaml": "histology: [biopsy]\nimaging: [radiograph]\n",
    "terminology/medicine-use.yaml": (KNOWLEDGE / "terminology" / "medicine-use.yaml").read_text(encoding="utf-8"),
    "terminology/course.yaml": (KNOWLEDGE / "terminology" / "course.yaml").read_text(encoding="utf-8"),
    "terminology/routes.yaml": "oral: [tablet, oral]\ninjection: [injection, intravenous]\n",
    "terminology/unit-names.yaml": '"mg/dl": mg/dL\n',
    "terminology/copies.yaml": (KNOWLEDGE / "terminology" / "copies.yaml").read_text(encoding="utf-8"),
    "terminology/systems.yaml": (KNOWLEDGE / "terminology" / "systems.yaml").read_text(encoding="utf-8"),
    "terminology/questions.yaml": (KNOWLEDGE / "terminology" / "questions.yaml").read_text(encoding="utf-8"),
    "terminology/specimens.yaml": (KNOWLEDGE / "terminology" / "specimens.yaml").read_text(encoding="utf-8"),
    "terminology/nothing-known.yaml": (KNOWLEDGE / "terminology" / "nothing-known.yaml").read_text(encoding="utf-8"),
    "terminology/results.yaml": (KNOWLEDGE / "terminology" / "results.yaml").read_text(encoding="utf-8"),
    "terminology/rxnorm-products.csv": "rxcui,name,fact\n11289,Warfarin,warfarin\n",
}


def _split(folder: str, text: str) -> dict[str, str]:
    """Return the files of a folder from one text, in which a line of dashes stands between files."""
    files = {}
    for entry in text.strip().split("\n---\n"):
        name = entry.split("id: ", 1)[1].split("\n", 1)[0].split(",", 1)[0].strip()
        whole = entry[:-1] + ", checked: 2026-01-01}\n" if entry.startswith("{") else f"{entry}\n{CHECKED}"
        files[f"{folder}/{name}.yaml"] = whole
    return files


FILES: dict[str, str] = {
    **_TERMINOLOGY,
    **_split("facts", _FACTS),
    **_split("types", _TYPES),
    **_split("causes", _CAUSES),
    **_split("look-alikes", _LOOK_ALIKES),
    **_split("investigations", _INVESTIGATIONS),
    **_split("treatments", _TREATMENTS),
    **_split("red-flags", _RED_FLAGS),
    **_split("follow-up", _FOLLOW_UP),
    **_split("claims", _CLAIMS),
    **_split("sources", _SOURCES),
}


def write_knowledge(folder: Path, changes: Mapping[str, str] | None = None) -> Path:
    """Write the small knowledge, with files changed or added, and return its folder."""
    for name, text in {**FILES, **(changes or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def small_library(folder: Path, changes: Mapping[str, str] | None = None) -> Library:
    """Return the small library; it must load without a problem."""
    library, problems = read_library(write_knowledge(folder, changes))
    assert problems == []
    return library


Told = bool | None | str | float | Truth | Value


def value_of(told: Told, name: str = "") -> Value:
    """Return the value that a short form means: a boolean, a word, a number, or None for what is only mentioned."""
    origins = (Origin("question", name),)
    if isinstance(told, Value):
        return told
    if isinstance(told, Truth):
        return Value(truth=told, origins=origins)
    if told is None or isinstance(told, bool):
        return Value(truth=truth(told), origins=origins)
    if isinstance(told, str):
        return Value(truth=TRUE, word=told, origins=origins)
    return Value(truth=TRUE, low=float(told), high=float(told), origins=origins)


def known(library: Library, **told: Told) -> PatientFacts:
    """Return the facts of a person of whom this is said."""
    return PatientFacts(library.vocabulary, {name: value_of(said, name) for name, said in told.items()})
