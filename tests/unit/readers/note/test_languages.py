"""Notes and diagnoses in five other languages: nothing of them is there, and the reader is told (invented)."""

from __future__ import annotations

import json

import pytest

from calcinosis.compiled import knowledge
from calcinosis.readers.recognise import parse_record
from calcinosis.truth import TRUE

TEXTS = [
    "Keine Gicht, keine Dialyse.",
    "Verdacht auf Kalziphylaxie bei Dialyse.",
    "Z. n. Calciphylaxis 2019, aktuell Warfarin.",
    "Der Patient hat eine Sklerodermie und Nekrose der Haut.",
    "Ausschluss Vaskulitis; Diabetes mellitus.",
    "Hautnekrose am linken Unterschenkel, schmerzhaft.",
    "Pas de goutte ni de dialyse.",
    "Suspicion de calciphylaxie, sous warfarine.",
    "Antécédent de sclérodermie systémique, pas d'ulcère.",
    "Nécrose cutanée de la jambe gauche, patiente dialysée.",
    "Calcinose cutanée probable.",
    "Sin calcinosis. Niega gota.",
    "Sospecha de calcifilaxis en paciente con diálisis.",
    "Necrosis cutánea de la pierna, toma warfarina.",
    "Dermatomiositis descartada, no hay úlcera.",
    "Nessuna gotta, nessuna dialisi.",
    "Sospetta calcifilassi; necrosi cutanea della gamba.",
    "Paziente con sclerodermia e calcinosi, non ha diabete.",
    "Geen dialyse, geen jicht.",
    "Verdenking op calciphylaxis bij dialyse, gebruikt warfarine.",
    "Huidnecrose van het linker onderbeen, sclerodermie.",
    "Gangrän",
    "Calcinosis cutis, Dermatomyositis nicht bestätigt",
    "Diabète, hypertension, insuffisance rénale",
    "Insuficiencia renal crónica, gangrena",
    "Insufficienza renale, gangrena",
    "Aktuell Warfarin, Diabetes mellitus bekannt.",
    "Traitement par warfarine, prednisone actuellement.",
    "Enfermedad renal, actualmente warfarina, gangrena nunca.",
    "Terapia attuale warfarin, prednisone; mai gangrena.",
    "Diabetes in de voorgeschiedenis, gangreen, momenteel warfarine.",
]
ENGLISH = ["Gangrene", "Calcinosis cutis, dermatomyositis not confirmed, gout", "Chronic kidney disease, gangrene"]


def diagnosis(text: str) -> bytes:
    """Return a record with one diagnosis in words."""
    condition = {"resourceType": "Condition", "id": "c", "code": {"text": text},
                 "clinicalStatus": {"coding": [{"code": "active"}]}}  # fmt: skip
    resources = [{"resourceType": "Patient", "id": "p"}, condition]
    return json.dumps({"resourceType": "Bundle", "type": "collection",
                       "entry": [{"resource": one} for one in resources]}).encode()  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_of_another_language_is_there(text: str) -> None:
    """Neither the note nor a diagnosis in these words says that a fact is there; the language, or the text, is told."""
    for data in (text.encode(), diagnosis(text)):
        record = parse_record(data, knowledge().terms, "record")
        assert not [one.fact for one in record.said if one.value.truth is TRUE]
        assert record.remarks or record.not_read


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read(text: str) -> None:
    """The same diseases in English are there."""
    for data in (text.encode(), diagnosis(text)):
        assert [one for one in parse_record(data, knowledge().terms, "record").said if one.value.truth is TRUE]
