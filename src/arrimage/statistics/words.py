"""What a published line is called in French; the source writes its categories in English, and no name for continents.

A line without a name here keeps its source's words.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrimage.statistics.models import Series

_NAMES: dict[str, Promise] = {
    "total": _("Total"),
    "Quebec - Total": _("Total"),
    # Admissions
    "Canadian Experience": _("Expérience canadienne"),
    "Caregiver": _("Aides familiales et familiaux"),
    "Skilled Worker": _("Travailleurs qualifiés"),
    "Worker Program": _("Programmes des travailleurs"),
    "Entrepreneur": _("Entrepreneurs"),
    "Investor": _("Investisseurs"),
    "Self-Employed": _("Travailleurs autonomes"),
    "Business": _("Gens d’affaires"),
    "Provincial Nominee Program": _("Candidats des provinces"),
    "Economic - Total": _("Immigration économique"),
    "Sponsored Children": _("Enfants parrainés"),
    "Sponsored Extended Family Member": _("Autres membres de la famille, parrainés"),
    "Sponsored Parent or Grandparent": _("Parents et grands-parents parrainés"),
    "Sponsored Spouse or Partner": _("Conjoints et partenaires parrainés"),
    "Sponsored Family": _("Famille parrainée"),
    "Sponsored Family - Total": _("Regroupement familial"),
    "Blended Sponsorship Refugee": _("Réfugiés à parrainage mixte"),
    "Government-Assisted Refugee": _("Réfugiés pris en charge par l’État"),
    "Privately Sponsored Refugee": _("Réfugiés parrainés par le privé"),
    "Resettled Refugee": _("Réfugiés réinstallés"),
    "Protected Person in Canada": _("Personnes protégées au Canada"),
    "Resettled Refugee & Protected Person in Canada - Total": _("Réfugiés et personnes protégées"),
    "All Other Immigration - Total": _("Autre immigration"),
    # Permit holders
    "Live-In Caregivers": _("Aides familiaux résidants"),
    "Live-In Caregiver Program": _("Programme des aides familiaux résidants"),
    "Live-In Caregiver Occupations": _("Métiers d’aide familial résidant"),
    "Validation exemption for persons admitted under the former foreign domestic program (FDM)": _(
        "Personnes admises selon l’ancien programme des employés de maison"
    ),
    "Agricultural Workers": _("Travailleurs agricoles"),
    "Seasonal Agricultural Worker Program": _("Programme des travailleurs agricoles saisonniers"),
    "Agricultural Stream": _("Volet agricole"),
    "Other Agricultural Workers": _("Autres travailleurs agricoles"),
    "Other Temporary Foreign Workers with LMIA": _("Autres travailleurs avec étude d’impact (EIMT)"),
    "Caregivers": _("Aides familiaux"),
    "Agreements": _("Accords"),
    "Canada-International": _("Accords internationaux du Canada"),
    "Canada - Provincial/Territorial": _("Accords du Canada avec une province ou un territoire"),
    "Provincial/Territorial - International": _("Accords internationaux d’une province ou d’un territoire"),
    "Other Agreements": _("Autres accords"),
    "Canadian Interests": _("Intérêts canadiens"),
    "Significant benefit": _("Avantage important"),
    "Reciprocal Employment": _("Emploi réciproque"),
    "International Experience Canada (IEC)": _("Expérience internationale Canada (EIC)"),
    "Exchange Professors, Visiting Lecturers": _("Professeurs d’échange et conférenciers invités"),
    "Reciprocal Employment - Other": _("Emploi réciproque, autre"),
    "Research, educational or training programs": _("Recherche, études ou formation"),
    "Competitiveness and public policy": _("Compétitivité et politique publique"),
    "Spouses of skilled workers": _("Conjoints de travailleurs qualifiés"),
    "Spouses of students": _("Conjoints d’étudiants"),
    "Post-grad employment": _("Emploi postdiplôme"),
    "Dependent of skilled worker": _("Personnes à charge de travailleurs qualifiés"),
    "Charitable or religious work": _("Travail charitable ou religieux"),
    "Other IMP Participants": _("Autres participants à la mobilité internationale"),
    "Vulnerable workers": _("Travailleurs vulnérables"),
    "Vulnerable workers (subcategory)": _("Travailleurs vulnérables"),
    # Asylum and studies
    "Airport": _("Aéroport"),
    "Border": _("Frontière terrestre"),
    "Inland": _("Bureau au pays"),
    "Secondary or less": _("Secondaire ou moins"),
    "Post Secondary": _("Postsecondaire"),
    "Other Studies": _("Autres études"),
    "Education level not stated": _("Niveau non précisé"),
    # Birthplaces, which the census file names by a code alone
    "TOTAL": _("Tous les lieux de naissance"),
    "OUTSIDE": _("Hors du Canada"),
    "CONT_AM": _("Amériques"),
    "AM-NA": _("Amérique du Nord"),
    "AM-CA": _("Amérique centrale"),
    "AM-CR": _("Caraïbes et Bermudes"),
    "AM-SA": _("Amérique du Sud"),
    "CONT_EU": _("Europe"),
    "EU-WE": _("Europe occidentale"),
    "EU-EE": _("Europe orientale"),
    "EU-NE": _("Europe septentrionale"),
    "EU-SE": _("Europe méridionale"),
    "CONT_AF": _("Afrique"),
    "AF-WA": _("Afrique occidentale"),
    "AF-EA": _("Afrique orientale"),
    "AF-NA": _("Afrique septentrionale"),
    "AF-CA": _("Afrique centrale"),
    "AF-SA": _("Afrique australe"),
    "CONT_AS": _("Asie"),
    "AS-ME": _("Asie occidentale, centrale et Moyen-Orient"),
    "AS-EA": _("Asie orientale"),
    "AS-SE": _("Asie du Sud-Est"),
    "AS-SA": _("Asie méridionale"),
    "CONT_OC": _("Océanie et autres"),
}
ADMISSIONS: dict[str, Promise] = {
    "total": _("Total"),
    "before_1980": _("Admission avant 1980"),
    "economic_workers": _("Économique : travailleurs"),
    "economic_business": _("Économique : gens d’affaires"),
    "economic_nominees": _("Économique : candidats des provinces et territoires"),
    "family": _("Famille parrainée"),
    "refugees": _("Réfugiés"),
    "other": _("Autres"),
}


def name_of(series: Series) -> str:
    """Return what this line is called on screen."""
    return str(_NAMES.get(series.name, series.name))
