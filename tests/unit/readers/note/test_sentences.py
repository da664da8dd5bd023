"""Sentences that a specification of reading agreed on, each beside one that looks like it and means something else."""

from __future__ import annotations

import pytest

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.readers.recognise import parse_record

SENTENCES = [
    ("Necrosis of the left calf", "skin_necrosis=present"),
    ("Necrosis of the left femoral head; gout", "skin_necrosis="),
    ("Gangrene of the small bowel. She has gout", "skin_necrosis= gangrene= digital_gangrene="),
    ("Gangrene of the small toe", "digital_gangrene=present"),
    ("Blackened, very tender plaque of the thigh", "skin_necrosis=present painful_skin_necrosis=present"),
    ("Black, painless plaque of the thigh", "skin_necrosis=present painful_skin_necrosis="),
    ("She has pain in her knees. There is a brown plaque on the back.", "painful_skin_lesion= skin_plaque=present"),
    ("There is a brown plaque on the back. It hurts.", "painful_skin_lesion=present"),
    (
        "Histology\nCalcium lies in the media of a small vessel of the fat; no thrombus is seen.",
        "small_vessel_calcification=present vessel_thrombosis_on_histology=absent skin_calcification_on_histology=",
    ),
    ("Histology\nCalcium lies in the fat beside a small vessel.", "skin_calcification_on_histology=present"),
    (
        "CT\nDense calcium in the subcutaneous fat next to the femur; the bone itself is intact.",
        "subcutaneous_calcification=present bone_on_histology=",
    ),
    (
        "Radiograph\nNo ossification. Amorphous opacities in the soft tissue of the elbow.",
        "skin_calcification_on_imaging=present heterotopic_ossification=absent",
    ),
    (
        "Histology\nA focus of bone has formed at the edge of a large mass of calcium in the dermis.",
        "skin_calcification_on_histology=present osteoma_cutis=",
    ),
    (
        "The papules resemble milia; on biopsy each holds calcium in the upper dermis.",
        "skin_calcification_on_histology=present milium=",
    ),
    ("The papules are milia.", "milium=present"),
    ("The nodule looks like a tophus but urate is normal.", "tophus= skin_nodule=present"),
    ("The nodule is a tophus.", "tophus=present"),
    ("Could this be vasculitis? She has gout.", "vasculitis=suspected"),
    ("This is vasculitis. She has gout.", "vasculitis=present"),
    ("Please tell us whether she has lupus.", "systemic_lupus_erythematosus=asked"),
    ("Please note that she has lupus.", "systemic_lupus_erythematosus=present"),
    (
        "Gout, dialysis and warfarin are not mentioned in the referral.",
        "gout=not-stated dialysis=not-stated warfarin=not-stated",
    ),
    ("Gout, dialysis and warfarin are mentioned in the referral.", "gout=present dialysis=present warfarin=present"),
    (
        "Vasculitis, sepsis and cholesterol emboli were considered.",
        "vasculitis=suspected sepsis=suspected cholesterol_emboli=suspected",
    ),
    (
        "Vasculitis, sepsis and cholesterol emboli were found.",
        "vasculitis=present sepsis=present cholesterol_emboli=present",
    ),
    (
        "Neither kidney disease, high calcium, gout, diabetes nor an injection at the place was found.",
        "kidney_disease=absent hypercalcaemia=absent gout=absent diabetes=absent",
    ),
    (
        "Kidney disease, hypercalcaemia, gout and diabetes were found.",
        "kidney_disease=present hypercalcaemia=present gout=present diabetes=present",
    ),
    ("Skin necrosis of the shin, infection suspected.", "skin_necrosis=present infected_lesion=suspected"),
    ("Skin necrosis of the shin suspected.", "skin_necrosis=suspected"),
    ("Pain in the nodule: no.", "pain=absent skin_nodule=present"),
    ("She has no pain and no nodule.", "pain=absent skin_nodule=absent"),
    ("Her mother has scleroderma and takes penicillamine.", "systemic_sclerosis=family penicillamine=family"),
    (
        "Her mother says she has scleroderma and takes penicillamine.",
        "systemic_sclerosis=present penicillamine=present",
    ),
    ("Warfarin was stopped in March; she is on apixaban since.", "warfarin=past apixaban=present"),
    ("Warfarin was not stopped in March.", "warfarin=present"),
    ("Hold warfarin. She has gout.", "warfarin=past"),
    ("s/p renal transplant 2015, failed 2021, back on dialysis. She has gout.", "dialysis=present"),
    ("Allergies: sulfa (rash).", "allergy_sulfonamide=present"),
    ("Minocycline turned the shins blue so she stopped it. She has gout.", "minocycline=past"),
    ("Penicillin: hives. She has gout.", "penicillin_antibiotic=not-stated"),
    ("Due to have a renal transplant. She has gout.", "kidney_transplant=planned"),
    ("Bosentan was not funded, doxycycline not tolerated. She has gout.", "bosentan=planned doxycycline=past"),
    ("Wrongly coded as lupus. She has gout.", "systemic_lupus_erythematosus=unlikely"),
    ("She thinks that she has lupus. She has gout.", "systemic_lupus_erythematosus=suspected"),
    ("Fever, rigors, weight loss: none. She has gout.", "fever=absent rigors=absent weight_loss=absent"),
    ("In 2015: ulcers of both shins. Today: gout.", "leg_ulcer=past gout=present"),
    ("Not known diabetic. She has gout.", "diabetes=absent"),
    ("Warfarin was declined; enoxaparin 60 mg sc bd instead. She has gout.", "enoxaparin=present"),
    (
        "Previously on warfarin and sevelamer, now takes lanthanum.",
        "warfarin=past sevelamer=past lanthanum_carbonate=present",
    ),
    ("s/p transplant, tacrolimus 3 mg twice daily. She has gout.", "tacrolimus=present"),
    ("She has gout w/ a white papule, w/o fever.", "gout=present white_papule=present fever=absent"),
    ("Biopsy inconclusive for calciphylaxis. She has gout.", "calciphylaxis=suspected"),
    ("I wonder if this is calciphylaxis. She has gout.", "calciphylaxis=suspected"),
    ("Please say whether this is calciphylaxis. She has gout.", "calciphylaxis=asked"),
    (
        "A lump on the knee discharged white gritty material, which has since healed over.",
        "white_chalky_discharge=past",
    ),
    ("The lesion of the shin is exquisitely sore.", "painful_skin_lesion=present skin_ulcer="),
    ("Reduce her prednisolone. She has gout.", "prednisolone=present"),
    ("Warfarin stopped (by the GP), gout.", "warfarin=past gout=present"),
    ("We discussed diltiazem and colchicine. She has gout.", "diltiazem=planned colchicine=planned"),
    ("We discussed her lupus.", "systemic_lupus_erythematosus=present"),
    ("Erythema -, warmth -, gout (-).", "erythema=absent gout=absent"),
    ("Erythema +, no gout.", "erythema=present gout=absent"),
    ("The nodule is pain free.", "pain=absent skin_nodule=present"),
    ("Allergies: diltiazem - ankle swelling.", "allergy_diltiazem=present swelling="),
    ("Allergies: none. She has an ankle swelling.", "swelling=present"),
    ("[Copied from 11/2022: lupus, on iloprost.] Today: gout.", "iloprost=past gout=present"),
    ("She is G2P1 at 22/40.", "pregnancy=present"),
    ("She was delivered at 38/40.", "pregnancy="),
    ("The thumb lump is hot, red and throbbing.", "infected_lesion=present"),
    ("Should her denosumab be stopped? She has gout.", "denosumab=present"),
    ("Should she start denosumab? She has gout.", "denosumab=asked"),
    ("Is it safe to carry on with the warfarin? She has gout.", "warfarin=present"),
    ("Should we give her warfarin? She has gout.", "warfarin=asked"),
    ("Can we switch her warfarin to apixaban? She has gout.", "warfarin=present apixaban=asked"),
    (
        "Lupus was excluded in 2019, dermatomyositis was confirmed in 2021.",
        "systemic_lupus_erythematosus=absent dermatomyositis=present",
    ),
    ("A biopsy is planned to exclude calcification.", "skin_calcification= skin_calcification_on_histology="),
    ("The lump grew where pentazocine had been injected for years.", "injection_site_lesion=present"),
    ("Pentazocine had been injected for years; the lump grew on the back.", "injection_site_lesion="),
    ("Ca 2.62 mmol/L (2.20-2.60), PTH 88 pmol/L, high; albumin and ALP normal.", "calcium=10.5 albumin=present"),
    ("Serum calcium 9.0 mg/dL. Nodule 2.5 cm, hard.", "calcium=9.0 hard_nodule=present"),
    ("Patches, masses and rashes on both arms.", "skin_plaque=present skin_nodule=present"),
    ("No patches, masses or rashes on either arm.", "skin_plaque=absent skin_nodule=absent"),
    ("Kein Hinweis auf Gangrän. V. a. Kalziphylaxie.", "gangrene= calciphylaxis=not-stated"),
    ("Pas de calcinose. Sin úlceras. Geen dialyse.", "calcinosis_cutis= skin_ulcer=not-stated dialysis="),
    (
        "Calcium tablets 500 mg twice a day; calcium deposits on both elbows; calcium 2.3.",
        "calcium_supplement=present skin_calcification=present calcium=present",
    ),
    ("A 7-week-old girl, corrected age 2 weeks.", "age=0.134"),
    ("As in most people with this disease, fingers are affected first. She has gout.", "site_finger="),
    ("She has nodules of the fingers.", "site_finger=present"),
    # the backs of both hands are no back
    ("A woman with hard nodules on the backs and palms of both hands.", "site_hand=present site_back="),
    ("A woman with hard nodules of the back.", "site_back=present"),
    # a place or a person for a disease is not the disease
    ("She was moved to the burn centre. The lupus nurse dressed the ulcer.", "burn= systemic_lupus_erythematosus="),
    ("She has a burn and lupus.", "burn=present systemic_lupus_erythematosus=present"),
    ("He goes to the dialysis unit three times a week.", "dialysis=present"),
    # a sign of a crystal denies nothing
    ("Crystals with negative elongation were seen.", "urate_crystals=present"),
    ("Rhomboid, positively birefringent crystals were seen. She has gout.", "urate_crystals="),
    # a wish for a child, also with somebody else
    ("She and her husband are trying for a baby.", "wish_for_child=present"),
    ("She would like to have children soon.", "wish_for_child=present"),
    ("He would like to have children soon.", "wish_for_child=present"),
    ("Her husband has lupus. She takes warfarin.", "systemic_lupus_erythematosus= warfarin=present"),
    ("He and his brother have gout.", "gout=present"),
    ("Only his brother has gout. He takes warfarin.", "gout=family"),
    # weakness of the neck
    ("Weak neck, normal pulse.", "muscle_weakness=present"),
    ("He can no longer lift his head from the pillow.", "muscle_weakness=present"),
    ("A weak pulse in the neck; warfarin.", "muscle_weakness="),
    # a film right after a finding speaks of that
    ("Firm nodules of both elbows. Radiograph: no calcification.", "skin_calcification_on_imaging=absent"),
    ("Firm nodules of both elbows. Film: calcification of the aorta.", "skin_calcification_on_imaging="),
    # several answers in one line, and text that was copied
    (
        "Raynaud's: Y  Digital ulcers: N  Dysphagia: N  Telangiectasia: Y  Dialysis: N/A",
        "raynaud_phenomenon=present digital_ulcer=absent dysphagia=absent telangiectasia=present dialysis=not-stated",
    ),
    (
        "[Copied from 03/2019] On warfarin. Necrotic ulcer of the calf. [Today 11/2026] On apixaban. Skin normal.",
        "warfarin=past necrotic_skin_ulcer=past apixaban=present",
    ),
    # an order has no verb of its own behind it
    ("Ring finger has been cold for days and the tip has turned black.", "skin_necrosis=present"),
    ("Ring the ward if the fingertip turns black. She takes warfarin.", "digital_gangrene=planned"),
    ("Cover lesion is a hard nodule of the elbow.", "hard_nodule=present"),
    # a month is no possibility
    ("Films (May): calcific deposits in the pulp of the thumb.", "skin_calcification_on_imaging=present"),
    ("Films may show calcific deposits in the pulp of the thumb.", "skin_calcification_on_imaging=suspected"),
    # what is over is told in a sentence or a clause of its own, and only of what heals
    ("Painful ulcer of the left calf. It has closed since.", "painful_skin_ulcer=past"),
    ("Painful ulcer of the left calf. It has not closed.", "painful_skin_ulcer=present"),
    ("A drip of calcium gluconate leaked; it healed within weeks.", "calcium_extravasation=past"),
    ("A nodule of the elbow was biopsied. It healed well.", "skin_nodule=present"),
    # a condition takes what it names as known
    ("If the ulcer is no better in May, start rituximab.", "skin_ulcer=present rituximab=planned"),
    ("If an ulcer forms, start rituximab.", "skin_ulcer=planned rituximab=planned"),
    # of a whole in which something is over or denied, neither is said
    ("The pain in the nodules has gone.", "pain=past skin_nodule=present"),
    ("No pain in the nodules.", "pain=absent skin_nodule=present"),
    ("No sign of the nodules.", "skin_nodule=absent"),
    # it is not known that somebody has it
    ("He is not known to us with lupus or gout.", "systemic_lupus_erythematosus=absent gout=absent"),
    ("Warfarin for three months after a clot in 1999. She has gout.", "warfarin=past"),
    ("She knows to come in should the toe go black. She has gout.", "digital_gangrene=planned"),
    ("Her brother and she both have gout.", "gout=present"),
    # a query before a word, a denial up to the comma, who is ill, what is taken
    ("HD MWF, left thigh ?calciphylaxis, sent today", "dialysis=present calciphylaxis=suspected"),
    ("Not itchy, afebrile.", "fever=absent"),
    ("Not red, painful or warm.", "pain=absent"),
    ("She has not had gout, lupus, sepsis.", "gout=absent systemic_lupus_erythematosus=absent sepsis=absent"),
    ("Twin 1: well. Mum: lupus, on insulin. He has gout.", "systemic_lupus_erythematosus=family insulin=family"),
    ("No known drug allergies, takes warfarin.", "warfarin=present allergy_warfarin="),
    ("NKDA except penicillin (rash). Takes warfarin.", "allergy_penicillin=present penicillin_antibiotic="),
    ("Stopped: bosentan, iloprost.\nNow: sildenafil 25 mg tds.", "bosentan=past iloprost=past sildenafil=present"),
    (
        "Takes sildenafil 25 mg tds, nifedipine 30 mg bd and omeprazole 20 mg in the morning\nStopped: bosentan.",
        "sildenafil=present omeprazole=present bosentan=past",
    ),
    ("FOR: MDT re parathyroidectomy, switching to dialysis at home. On warfarin.", "parathyroidectomy=planned"),
    ("A search for urate crystals was negative.", "urate_crystals=absent"),
    ("A search for urate crystals was arranged. She has gout.", "urate_crystals=planned"),
    # a word of a sentence goes on within it
    (
        "Yellow papules of the knuckles, but the film shows they are radiopaque.",
        "skin_calcification_on_imaging=present",
    ),
    ("Lupus affects about one in a thousand people. She has gout.", "systemic_lupus_erythematosus="),
    ("Lupus affects her kidneys.", "systemic_lupus_erythematosus=present"),
    ("She screams when the purple skin over the belly is brushed.", "painful_violaceous_skin=present"),
    ("He pinches grit like salt out of the skin of his fingertips.", "white_chalky_discharge=present"),
    ("[Seen 03/2026] On warfarin. Necrotic ulcer of the calf.", "warfarin=present necrotic_skin_ulcer=present"),
    # what is denied of a whole list stands behind its colon; a bare "no" is that of the last
    (
        "Fever, weak muscles, purpura, digital ulcers: none seen.",
        "fever=absent muscle_weakness=absent purpura=absent digital_ulcer=absent",
    ),
    ("Fever, gout / lupus: all absent.", "fever=absent gout=absent systemic_lupus_erythematosus=absent"),
    ("Purpura of the legs, fever: no.", "purpura=present fever=absent"),
    ("Takes warfarin, fever: none.", "warfarin=present fever=absent"),
    # boxes of a form, before or behind what they stand for, or before its answers
    (
        "[x] Gout  [ ] Lupus  [X] Raynaud's  [ ] Sepsis",
        "gout=present systemic_lupus_erythematosus=not-stated raynaud_phenomenon=present sepsis=not-stated",
    ),
    ("Gout [x]  Lupus [ ]  Sepsis [x]", "gout=present systemic_lupus_erythematosus=not-stated sepsis=present"),
    ("Diseases: [ ] Gout [x] Lupus", "gout=not-stated systemic_lupus_erythematosus=present"),
    ("- [ ] gout\n- [x] lupus\n\u2610 sepsis\n\u2611 fever", "gout=not-stated sepsis=not-stated fever=present"),
    ("Seen today. Gout: [ ] yes [x] no   Lupus: [x] yes [ ] no", "gout=absent systemic_lupus_erythematosus=present"),
    ("Fever [1] and gout [2].", "fever=present gout=present"),
    # what is to be begun, and what was
    ("To be loaded with calcitriol before the operation. He has gout.", "calcitriol=planned"),
    ("She was loaded with calcitriol before the operation.", "calcitriol=present"),
    # what a heading says is over, although it speaks of going on
    ("PREVIOUS TREATMENT (do not continue): colchicine, warfarin. NOW: apixaban.", "colchicine=past warfarin=past"),
    ("He is well. Continue warfarin and colchicine.", "warfarin=present colchicine=present"),
    ('Earlier diagnosis: "vasculitis" (elsewhere, rituximab twice, worse).', "vasculitis=past rituximab=past"),
    ("Diagnosis: vasculitis (on rituximab, better).", "vasculitis=present rituximab=present"),
    # the last of a list that ended, and what ended behind its dose
    (
        "Treated with methotrexate, rituximab x 2, the latter stopped in May 2024.",
        "methotrexate=present rituximab=past",
    ),
    ("Treated with methotrexate, rituximab x 2, the latter continued.", "methotrexate=present rituximab=present"),
    ("Lanthanum carbonate 500 mg tid w/ the main meals (stopped by herself in May).", "lanthanum_carbonate=past"),
    (
        "Lanthanum carbonate 500 mg tid with food, cinacalcet stopped in May.",
        "lanthanum_carbonate=present cinacalcet=past",
    ),
    # an age by the capital behind it, or behind a label; other numbers with such letters
    ("74 F, brought by her son. Gout.", "age=74"),
    ("HPC: 58 M. mech valve, on warfarin. Gout.", "age=58 warfarin=present"),
    ("Pt: 11 yo F, here w/ both parents. Gout.", "age=11"),
    ("Age: 77     Sex: F\nGout", "age=77"),
    ("Gout. Temp: 101 F. Grip: 20 M, 18 F.", "age="),
    ("Ward round. 58 y M, gout.", "age=58 sex=present"),
    ("Dear colleague,\nA 45-year-old woman with gout was seen.", "age=45 sex=present"),
    ("Gout. Her colleague, a 45-year-old woman, drives.", "age="),
    ("A 58 years male with gout.", "age=58 sex=present"),
    ("A 5 month girl. Gout.", "age=0.42 sex=present"),
    ("Gout. On dialysis for 3 years. Male.", "age= sex=present"),
    # outcomes of tests in short, a pair of numbers behind high pressure, a letter of discharge
    ("Gout. Scl-70 pos, ACA neg.", "anti_scl70=present anti_centromere=absent"),
    ("Gout. Scl-70 +ve, ANA -ve, erythema -ve.", "anti_scl70=present antinuclear_antibody=absent erythema=absent"),
    ("UPT +ve, gout.", "pregnancy_test=present"),
    ("Gout. New HTN 192/118, HR 118.", "systolic_blood_pressure=192 heart_rate=118"),
    ("Gout, s/p renal txp.", "kidney_transplant=past"),
    ("Gout. Discharge meds: colchicine. Swelling of the skin.", "skin_discharge= colchicine=present"),
    # an injury or an operation that is only suspected did not happen for sure
    ("Gout. ?kidney transplant.", "kidney_transplant=suspected"),
    ("Gout. Possible injury of the elbow.", "local_trauma=suspected"),
    # what stands behind the comma of a short denial is there
    ("Psoriasis without vasculitis, lupus.", "vasculitis=absent systemic_lupus_erythematosus=present"),
    ("Psoriasis w/o vasculitis, lupus.", "vasculitis=absent systemic_lupus_erythematosus=present"),
    ("Psoriasis w/o vasculitis, gout or lupus.", "vasculitis=absent gout=absent systemic_lupus_erythematosus=absent"),
    # "non" denies the one word behind it
    ("Gout. Multiple firm non-tender nodules.", "hard_nodule=present painful_skin_nodule=absent"),
    ("Gout. Non-blanching purple patches on the thigh.", "violaceous_plaque=present"),
    ("Non-diabetic man with gout, non-smoker.", "diabetes=absent smoking=absent gout=present"),
    # what stands behind printed limits need not be their unit
    ("Gout. Calcium 9.4 mg/dL (8.5-10.5 BP/13).", "calcium=9.4"),
    # the initial of a person is no potassium, and a person's name no language
    ("Mrs K, 47F, gout. Creatinine 88 umol/L.", "potassium= age=47"),
    ("Dr. K. saw her. Gout. Na 140, K 4.1.", "potassium=4.1"),
    ("Von Kossa stain positive, gout.", "gout=present"),
    ("Gout. KCl 20 M given. Father 50 yo, well.", "age="),
    # a denied list ends where it is told with what she came
    ("A girl without fever, gout or lupus, presenting with purpura.", "fever=absent gout=absent purpura=present"),
    ("A girl without fever, gout, purpura or lupus, presenting today.", "fever=absent gout=absent purpura=absent"),
    # shorthand
    ("Calcinosis L shin confirmed on XR. Gout.", "skin_calcification_on_imaging=present"),
    ("Calcinosis L shin. XR of the chest clear. Gout.", "skin_calcification_on_imaging="),
    ("Breast cancer, XRT in 2010. Mech mitral valve. No anticoag.", "radiotherapy=present anticoagulant=absent"),
    ("FH: gout in his mother.\nVBG: K 3.0, Na 149.", "gout=family potassium=3.0"),
    # what has no feeling is not dead
    (
        "Her ring finger is dead to the touch and weak.",
        "digital_gangrene= skin_necrosis= loss_of_nerve_function=present",
    ),
    ("Her ring finger is black and dead.", "digital_gangrene=present"),
    # what is everywhere is not over
    ("Calcium deposits all over both thighs. Gout.", "skin_calcification=present"),
    ("Gout. The pain of the elbow is over.", "pain=past"),
    # what was so long ago; a fever of another name
    ("Gout. The toe was gangrenous in 2015.", "digital_gangrene=past"),
    ("Gout. The toe is gangrenous.", "digital_gangrene=present"),
    ("Gout. She fainted in 2010.", "fainting=past"),
    ("Gout. She fainted this morning.", "fainting=present"),
    ("Gout, hay fever, rheumatic fever as a child.", "fever="),
    ("Gout, fever since the morning.", "fever=present"),
    # black that is no dead skin
    ("Gout. Old black tattoo on the thigh.", "skin_necrosis="),
    ("Gout. Old black plaque on the thigh.", "skin_necrosis=present"),
    ("Gout. Her toe nail is black from running.", "digital_gangrene="),
    ("Gout. Her toe is black, the nail has come off.", "digital_gangrene=present"),
    # an illness that is missing pills, and a day that is no schedule
    ("Gout. Prednisolone was stopped abruptly.", "steroid_stopped_suddenly=present"),
    ("Gout. Prednisolone was tapered.", "steroid_stopped_suddenly="),
    ("Sore for a day, on methotrexate.", "methotrexate_daily="),
    ("Methotrexate 10 mg a day.", "methotrexate_daily=present"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_what_is_entered_of_a_sentence(text: str, expected: str) -> None:
    """Each fact in the sense that is told, or its number in the unit of the fact; none where it must not come."""
    record = parse_record(text.encode(), knowledge().terms, "note")
    entered = {one.fact: one.sense for one in calcinosis.assess(record).entered if one.from_}
    for one in expected.split():
        fact, _, said = one.partition("=")
        if said[:1].isdigit():
            value = next(saying.value for saying in record.said if saying.fact == fact)
            assert value.low == pytest.approx(float(said), rel=0.03)
        else:
            assert entered.get(fact, "") == said
