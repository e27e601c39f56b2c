import pytest

from goldenthread.plan.abbreviations import find_abbreviations

EXPLAINED = {
    "Chief Operating Officer (COO) and others": [("COO", "Chief Operating Officer")],
    "Review the officer Equality, Diversity, Inclusion and Cohesion (EDIC) Group": [
        ("EDIC", "Equality, Diversity, Inclusion and Cohesion")
    ],
    "required by the Public Sector Equality Duty (PSED).": [
        ("PSED", "Public Sector Equality Duty")
    ],
    "No. | Race Equality, Accessibility, Diversity, and Inclusion (READI) Recommendation": [
        ("READI", "Race Equality, Accessibility, Diversity, and Inclusion")
    ],
    "the trade union joint consultative committee (TUJCC)": [
        ("TUJCC", "trade union joint consultative committee")
    ],
    "Hold Personal Development Reviews (PDRs)": [("PDR", "Personal Development Review")],
    "an Equality Impact Assessment (EqIA)": [("EqIA", "Equality Impact Assessment")],
    "the COO (Chief Operating Officer)": [("COO", "Chief Operating Officer")],
    "Learning & Development (L&D) budget": [("L&D", "Learning & Development")],
    "Department of Health (DoH)": [("DoH", "Department of Health")],
    "one two. Three (TT)": [],
    "READI Workforce Advisor (TBC)": [],
    "Deputy Head (tbc)": [],
    "our unrelated words (COO)": [],
    "Cabinet: Officer (CO)": [],
}


@pytest.mark.parametrize(("text", "pairs"), EXPLAINED.items(), ids=list(EXPLAINED))
def test_an_abbreviation_is_believed_only_where_its_letters_match(text, pairs):
    assert list(find_abbreviations([text])) == pairs


def test_the_first_explanation_in_the_document_wins():
    texts = ["Staff Forum (SF)", "the Safety Fund (SF)"]
    assert find_abbreviations(texts) == (("SF", "Staff Forum"),)
