"""Small invented files of the shapes the sources publish, and how to import one."""

import io
from collections.abc import Collection
from pathlib import Path

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import system_actor
from arrimage.foundation.imports import ImportReport, importers, run_import

IMPORT = system_actor("import", Right.IMPORT_REFERENCE)
REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data"

DEPTH = '"profondeur(0=province,1=principale,2=groupe,3=composante)"'
ADMISSIONS_TITLES = f"ligne_source,{DEPTH},categorie,annee,mois,admissions,supprime_0_a_5\n"
# Parts before their whole; « Provincial Nominee Program » is a group and its only part.
LINES = (
    (11, 3, "Caregiver"),
    (12, 3, "Provincial Nominee Program"),
    (13, 2, "Provincial Nominee Program"),
    (14, 1, "Economic - Total"),
    (15, 3, "Caregiver"),
    (16, 1, "Sponsored Family - Total"),
    (17, 0, "Quebec - Total"),
)
TFWP = """province_territory,category_1,category_2,total_flag,year,value
Quebec,Agricultural Workers,Agricultural Stream,False,2023,120
Quebec,Agricultural Workers,Other Agricultural Workers,False,2023,2
Quebec,Agricultural Workers,,True,2023,120
Quebec,Caregivers,,False,2023,--
Quebec,,,True,2023,125
"""
IMP = """province_territory,category_1,category_2,category_3,total_flag,year,value
Quebec,Agreements,Canada-International,Non-Trade,False,2024,15
Quebec,Agreements,Canada-International,,True,2024,15
Quebec,Agreements,,,True,2024,20
Quebec,,,,True,2024,20
"""
ASYLUM_TITLES = "province_territory,claim_office_type,total_flag,year_month,year,month,value\n"
STUDY_TITLES = "province_territory,study_level,total_flag,year_month,year,month,value\n"
BIRTHPLACE = """\
periode_immigration,sgc,territoire,lieu_naissance_code,lieu_naissance_fr,total,admis_avant_1980,econ_travailleurs,\
econ_gens_affaires,econ_candidats_pt,parraines_famille,refugies,autres
Total,24,Québec,TOTAL,,1000,100,500,50,0,200,130,20
Total,24,Québec,CONT_AM,,300,10,200,0,0,50,40,0
Total,24,Québec,AM-CA,,100,0,50,0,0,25,25,0
Total,24,Québec,MX,Mexique,100,0,50,0,0,25,25,0
2011-2016,24,Québec,TOTAL,,250,0,150,25,0,50,25,x
Total,462,RMR de Montréal,TOTAL,,800,90,400,40,0,150,110,10
"""


def admissions(*, year: int = 2020, months: int = 12, hidden: Collection[tuple[int, int]] = ()) -> str:
    """Return a year in which each line has 10 a month, except what `hidden` names by line and month."""
    rows = [ADMISSIONS_TITLES]
    for line, depth, name in LINES:
        for month in range(1, months + 1):
            figure = ",1" if (line, month) in hidden else "10,0"
            rows.append(f"{line},{depth},{name},{year},{month},{figure}\n")
    return "".join(rows)


def months(titles: str, category: str, values: list[object], *, year: int = 2024, total: bool = False) -> str:
    """Return rows of a monthly table of temporary residents, titles first, from January on."""
    rows = [f"Quebec,{category},{total},{year}-{n:02d},{year},{n},{value}\n" for n, value in enumerate(values, 1)]
    return titles + "".join(rows)


def run(text: str | bytes, *, wet: bool = True, name: str = "tableau.csv", who=IMPORT) -> ImportReport:
    content = text.encode() if isinstance(text, str) else text
    return run_import(importers()["statistics"], io.BytesIO(content), name, who, wet=wet)
