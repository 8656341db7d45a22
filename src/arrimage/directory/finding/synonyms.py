"""Words that lead to the same services: those of the field, of people newly arrived, in the languages of the site.

A paragraph is a group: whoever types one of its terms finds services that bear any of them. Terms are compared without
accents nor plurals. A service that answers a theme bears the theme's names, so that one term of each group at least is
a word of the themes. `EDITION` is raised with every change of the table.
"""

from collections.abc import Mapping, Sequence

from arrimage.directory.finding.tokens import Tokens, tokens_of

EDITION = "2026-11"
GROUPS = """
francisation, français, cours de français, apprendre le français, FLS, french, french classes, francés, clases de
francés, francisación, الفرنسية, فرنسية, دروس الفرنسية

logement, habitation, appartement, loyer, bail, se loger, HLM, housing, apartment, rent, lease, vivienda, alojamiento,
apartamento, alquiler, سكن, شقة, إيجار

hébergement, refuge, itinérance, sans-abri, shelter, homeless, refugio, albergue, مأوى, ملجأ

emploi, travail, job, carrière, employabilité, employment, work, empleo, trabajo, عمل, وظيفة, توظيف, شغل

curriculum vitae, CV, résumé, hoja de vida, سيرة ذاتية

garderie, service de garde, garde d’enfants, CPE, daycare, childcare, child care, guardería, حضانة, روضة

école, scolaire, commission scolaire, school, escuela, colegio, مدرسة, مدارس

RAMQ, carte soleil, assurance maladie, carte d’assurance maladie, health card, medicare, health insurance, tarjeta de
salud, seguro médico, seguro de salud, تأمين صحي, بطاقة صحية

santé, clinique, médecin, CLSC, infirmière, hôpital, health, doctor, clinic, salud, médico, clínica, صحة, طبيب, عيادة,
مستشفى

dentiste, dentaire, dentist, dental, dentista, طبيب أسنان

psychologue, détresse, santé mentale, soutien psychosocial, psychosocial, mental health, psychologist, salud mental,
psicólogo, صحة نفسية, دعم نفسي

violence conjugale, violence familiale, domestic violence, violencia doméstica, عنف منزلي, عنف أسري

nourriture, alimentation, aide alimentaire, banque alimentaire, épicerie, repas, comptoir alimentaire, food, food
bank, groceries, comida, alimentos, banco de alimentos, طعام, غذاء, بنك الطعام

vêtement, vestiaire, friperie, linge, manteau, clothing, clothes, ropa, ملابس

meuble, mobilier, ameublement, furniture, muebles, أثاث

argent, finances, budget, aide sociale, aide financière, impôt, money, taxes, welfare, dinero, finanzas, impuestos,
مال, مالية, ضرائب

transport, autobus, métro, permis de conduire, bus, driver’s licence, transporte, licencia de conducir, نقل, حافلة,
رخصة قيادة

équivalence, reconnaissance des acquis, diplôme, ordre professionnel, évaluation comparative, recognition,
credentials, diploma, homologación, título, معادلة, شهادة

papiers, démarches administratives, formulaire, numéro d’assurance sociale, NAS, paperwork, forms, SIN, trámites,
formularios, أوراق, إجراءات

avocat, juridique, aide juridique, droits, notaire, lawyer, legal, legal aid, rights, abogado, jurídico, derechos,
محام, محامي, قانون, حقوق

asile, demandeur d’asile, réfugié, refugee, asylum, asilo, refugiado, لجوء, لاجئ

immigrant, nouvel arrivant, nouveaux arrivants, personne immigrante, newcomer, newcomers, inmigrante, recién llegado,
مهاجر, قادم جديد

citoyenneté, vie citoyenne, valeurs, citizenship, ciudadanía, جنسية, مواطنة

famille, réseau social, family, familia, عائلة, أسرة

jumelage, parrainage, conversation, mentoring, buddy, conversación, محادثة

aîné, personne âgée, senior, elderly, adulto mayor, مسن

jeune, adolescent, youth, teenager, joven, شباب

femme, woman, women, mujer, نساء, امرأة

interprète, traduction, interpreter, translation, intérprete, traducción, مترجم, ترجمة

informatique, ordinateur, internet, computer, ordenador, computadora, حاسوب, كمبيوتر

anglais, english, inglés, الإنجليزية, إنجليزية
"""


def _index() -> tuple[Mapping[Tokens, list[int]], list[list[str]]]:
    groups = [[" ".join(term.split()) for term in group.split(",")] for group in GROUPS.split("\n\n")]
    by_term: dict[Tokens, list[int]] = {}
    for rank, terms in enumerate(groups):
        for term in terms:
            by_term.setdefault(tokens_of(term), []).append(rank)
    return by_term, groups


_BY_TERM, _TERMS = _index()
LONGEST = max(len(term) for term in _BY_TERM)
WORDS = sorted({term for terms in _TERMS for term in terms if " " not in term})


def synonyms_of(term: Tokens) -> list[str]:
    """Return the terms that stand for this one, itself included; nothing when it is in no group."""
    return list(dict.fromkeys(other for rank in _BY_TERM.get(term, ()) for other in _TERMS[rank]))


def without_longer(terms: Sequence[str]) -> list[str]:
    """Leave out the terms that hold another one: what says « cours de français » says « français »."""
    made = [(term, f" {' '.join(tokens_of(term))} ") for term in terms]
    return [
        term
        for rank, (term, said) in enumerate(made)
        if not any(
            other in said and (other != said or earlier < rank)
            for earlier, (_term, other) in enumerate(made)
            if earlier != rank and other.strip()
        )
    ]
