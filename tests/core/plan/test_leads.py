import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.plan.leads import read_leads

# What is printed, and the texts of the leads that it names.
PRINTED = {
    "Chief Operating Officer (COO) and READI Programme Manager": [
        "Chief Operating Officer (COO)",
        "READI Programme Manager",
    ],
    "COO and READI Programme Manager": ["COO", "READI Programme Manager"],
    "All Members and staff": ["All Members", "staff"],
    "EDIC and staff forum leads": ["EDIC", "staff forum leads"],
    "SLT and CLT": ["SLT", "CLT"],
    "Head of HR and OD": ["Head of HR and OD"],
    "Head of HR & OD": ["Head of HR & OD"],
    "Head of Culture and Inclusivity": ["Head of Culture and Inclusivity"],
    "Head of Learning & Development": ["Head of Learning & Development"],
    "EDIC Sub-Group on Training and Development": ["EDIC Sub-Group on Training and Development"],
    "Assistant Director of Policy, Performance and Communities": [
        "Assistant Director of Policy, Performance and Communities"
    ],
    "Policy, Performance and Communities": ["Policy, Performance and Communities"],
    "READI Programme Manager TUJCC": ["READI Programme Manager", "TUJCC"],
    "Monitoring Officer All managers Monitoring Officer": [
        "Monitoring Officer",
        "All managers",
        "Monitoring Officer",
    ],
    "EDIC and staff forum leads SLT and CLT Choose Northmere Campaign JTUCC": [
        "EDIC",
        "staff forum leads",
        "SLT",
        "CLT",
        "Choose Northmere Campaign",
        "JTUCC",
    ],
    "READI Workforce Advisor and SLT, EDIC Sub-Group on Training and Development, "
    "Staff Forum Leads and HR": [
        "READI Workforce Advisor",
        "SLT",
        "EDIC Sub-Group on Training and Development",
        "Staff Forum Leads",
        "HR",
    ],
    "AD Communications and READI Programme Manager / Workforce Advisor and Monitoring Officer": [
        "AD Communications",
        "READI Programme Manager",
        "Workforce Advisor",
        "Monitoring Officer",
    ],
    "Assistant Director of HR / READI Workforce Advisor": [
        "Assistant Director of HR",
        "READI Workforce Advisor",
    ],
    "Senior Leadership Team and all managers": ["Senior Leadership Team", "all managers"],
    "Assistant Director of HR / READI Workforce Advisor Senior Leadership Team and all managers": [
        "Assistant Director of HR",
        "READI Workforce Advisor",
        "Senior Leadership Team",
        "all managers",
    ],
    "HR Advisor READI Program Manager READI Programme Team": [
        "HR Advisor",
        "READI Program Manager",
        "READI Programme Team",
    ],
    "COO and READI Programme Manager All Members and staff TUJCC": [
        "COO",
        "READI Programme Manager",
        "All Members",
        "staff",
        "TUJCC",
    ],
    "Head of Strategy & Head of People": ["Head of Strategy", "Head of People"],
    "PD; PAS; SAS": ["PD", "PAS", "SAS"],
    "LG, DG, Executive, CJ": ["LG", "DG", "Executive", "CJ"],
    "AM(S)": ["AM(S)"],
    "Deans, Directors": ["Deans", "Directors"],
    "All Heads of School and Directors of Service": ["All Heads of School", "Directors of Service"],
    "Valuing Diversity Group and Multi Agency Partnership": [
        "Valuing Diversity Group",
        "Multi Agency Partnership",
    ],
    "Company/University Secretary": ["Company/University Secretary"],
    "Secretary to Board of Governors": ["Secretary to Board of Governors"],
    "Director of Workforce & Organisational Development": [
        "Director of Workforce & Organisational Development"
    ],
    "Chief Constable, Police and Crime Commissioner": [
        "Chief Constable",
        "Police and Crime Commissioner",
    ],
    "Police and Crime Commissioner": ["Police and Crime Commissioner"],
    "Det Ch Supt Crime and CPS District Lead": ["Det Ch Supt Crime", "CPS District Lead"],
    "Supt Operations": ["Supt Operations"],
    "ACC Local Policing": ["ACC Local Policing"],
    "DCC": ["DCC"],
    "Director of People and Heads of Service": ["Director of People", "Heads of Service"],
    "Line managers and HR Advisers": ["Line managers", "HR Advisers"],
    "Programme Manager and Ward Members": ["Programme Manager", "Ward Members"],
    "Culture and Events Team": ["Culture and Events Team"],
    "Libraries and Heritage Manager": ["Libraries and Heritage Manager"],
    "Head of Culture; Cabinet Member for Place": ["Head of Culture", "Cabinet Member for Place"],
    "Director of Adults and Children's Services": ["Director of Adults and Children's Services"],
    "Learning and Development Manager": ["Learning and Development Manager"],
    "HR and Communications Manager": ["HR and Communications Manager"],
    "Learning and Development": ["Learning and Development"],
    "Chair of the Equality and Inclusion Board": ["Chair of the Equality and Inclusion Board"],
    "Leader and Chief Executive": ["Leader", "Chief Executive"],
    "Head of Equality, Diversity and Inclusion": ["Head of Equality, Diversity and Inclusion"],
    "Equality, Diversity and Inclusion Manager": ["Equality, Diversity and Inclusion Manager"],
    "SLT, HR, Equality, Diversity and Inclusion Board": [
        "SLT",
        "HR",
        "Equality, Diversity and Inclusion Board",
    ],
    "Headteacher and governors": ["Headteacher", "governors"],
    "HR, Legal and Communications": ["HR, Legal and Communications"],
    "Finance and Communications": ["Finance", "Communications"],
    "A.D. of HR and Recruitment Team": ["A.D. of HR", "Recruitment Team"],
    "Trade Union Side and Director of HR": ["Trade Union Side", "Director of HR"],
    "HoP/DoF": ["HoP", "DoF"],
    "Assistant Director, Customer Services": ["Assistant Director, Customer Services"],
    "Senior Leadership\nTeam": ["Senior Leadership Team"],
    "Director of Policy and\nPerformance": ["Director of Policy and Performance"],
    "Monitoring Officer\nAll managers": ["Monitoring Officer", "All managers"],
    "• Head of HR\n• Head of Housing": ["Head of HR", "Head of Housing"],
    "Chief Executive Officer": ["Chief Executive Officer"],
    "Chief Officer Management Team": ["Chief Officer Management Team"],
    "Democratic Services Manager": ["Democratic Services Manager"],
    "Staff Network Steering Group": ["Staff Network Steering Group"],
    "Executive Director People Services": ["Executive Director People Services"],
    "Union Branch Secretary": ["Union Branch Secretary"],
    "Vice-Chancellor and Pro-Vice-Chancellor (Education)": [
        "Vice-Chancellor",
        "Pro-Vice-Chancellor (Education)",
    ],
    "Head of HR/Head of OD": ["Head of HR", "Head of OD"],
    "SLT/CLT": ["SLT", "CLT"],
    "Premises Manager and Bursar": ["Premises Manager", "Bursar"],
    "Corporate Director Children and Young People": [
        "Corporate Director Children and Young People"
    ],
    "Workforce Board, chaired by the Chief Executive": ["Workforce Board", "Chief Executive"],
    "UNISON, GMB and Unite": ["UNISON", "GMB", "Unite"],
    "Fire Chief / Group Manager Community Safety": [
        "Fire Chief",
        "Group Manager Community Safety",
    ],
    "Heads of Department / HoDs": ["Heads of Department", "HoDs"],
    "Executive Director of Nursing and Chief Operating Officer": [
        "Executive Director of Nursing",
        "Chief Operating Officer",
    ],
    "EDI Lead, HR Business Partners and Line Managers": [
        "EDI Lead",
        "HR Business Partners",
        "Line Managers",
    ],
    "Headteacher/Governors": ["Headteacher", "Governors"],
    "Director of Housing and Customer Services": ["Director of Housing and Customer Services"],
    "Race Equality Steering Group Chair and Vice Chair": [
        "Race Equality Steering Group Chair",
        "Vice Chair",
    ],
    "Human Resources Manager Equality Officer": ["Human Resources Manager", "Equality Officer"],
    "Associate Director – Equality, Diversity and Inclusion": [
        "Associate Director – Equality, Diversity and Inclusion"
    ],
    "Staff, students and governors": ["Staff", "students", "governors"],
    "Dean/HoD": ["Dean", "HoD"],
    "CEO/SLT": ["CEO", "SLT"],
    "Leader, Deputy Leader and Group Leaders": ["Leader", "Deputy Leader", "Group Leaders"],
    "Director of HR and OD and Head of Comms": ["Director of HR and OD", "Head of Comms"],
    "Recruitment, Retention and Reward Manager": ["Recruitment, Retention and Reward Manager"],
    "Vice Chancellor's Executive Group": ["Vice Chancellor's Executive Group"],
    "TBC": [],
    "": [],
    "N/A": [],
}


@pytest.mark.parametrize(("printed", "texts"), PRINTED.items(), ids=list(PRINTED))
def test_the_leads_of_a_cell_are_told_apart(printed, texts):
    assert [lead.text for lead in read_leads(printed)] == texts


# What is printed; then for each lead its post or body, its kind, its person, its role, its remark.
PARTICULARS = {
    "Mrs S Stewart, University Secretary": [
        ("University Secretary", "post", "Mrs S Stewart", "accountable", None)
    ],
    "Jane Smith\nHead of HR": [("Head of HR", "post", "Jane Smith", "accountable", None)],
    "Jane Smith (Head of HR)": [("Head of HR", "post", "Jane Smith", "accountable", None)],
    "Head of HR (Jane Smith)": [("Head of HR", "post", "Jane Smith", "accountable", None)],
    "Head of HR – Jane Smith": [("Head of HR", "post", "Jane Smith", "accountable", None)],
    "Head of HR, Jane Smith, Head of OD, Tom Lee": [
        ("Head of HR", "post", "Jane Smith", "accountable", None),
        ("Head of OD", "post", "Tom Lee", "accountable", None),
    ],
    "Jane Smith, Head of HR and Priya Patel, Director of People": [
        ("Head of HR", "post", "Jane Smith", "accountable", None),
        ("Director of People", "post", "Priya Patel", "accountable", None),
    ],
    "Ali Khan and Policy Team": [
        ("", "person", "Ali Khan", "accountable", None),
        ("Policy Team", "body", None, "accountable", None),
    ],
    "Lead: Director of HR. Support: OD Manager": [
        ("Director of HR", "post", None, "accountable", None),
        ("OD Manager", "post", None, "supporting", None),
    ],
    "Director of Finance (s151 Officer)": [
        ("Director of Finance (s151 Officer)", "post", None, "accountable", None)
    ],
    "Smith, Jane": [("", "person", "Smith, Jane", "accountable", None)],
    "Head of Housing (lead), Head of Planning (support)": [
        ("Head of Housing", "post", None, "accountable", "lead"),
        ("Head of Planning", "post", None, "supporting", "support"),
    ],
    "Head of Equality (Dr A Patel) and Head of HR (vacant)": [
        ("Head of Equality", "post", "Dr A Patel", "accountable", None),
        ("Head of HR", "post", None, "accountable", "vacant"),
    ],
    "Ms J. Smith - HR Manager": [("HR Manager", "post", "Ms J. Smith", "accountable", None)],
    "Cabinet Member": [("Cabinet Member", "post", None, "accountable", None)],
    "Jane": [("", "person", "Jane", "accountable", None)],
    "Project Manager Race Equality": [
        ("Project Manager Race Equality", "post", None, "accountable", None)
    ],
    "Chair, Staff Forum": [("Chair, Staff Forum", "post", None, "accountable", None)],
    "Citizens in Policing Manager": [
        ("Citizens in Policing Manager", "post", None, "accountable", None)
    ],
    "Cllr A Khan": [("Cllr", "post", "A Khan", "accountable", None)],
    "Dr A Patel": [("", "person", "Dr A Patel", "accountable", None)],
    "Jane Smith and Tom Lee": [
        ("", "person", "Jane Smith", "accountable", None),
        ("", "person", "Tom Lee", "accountable", None),
    ],
    "READI Workforce Advisor (to advance)": [
        ("READI Workforce Advisor", "post", None, "accountable", "to advance")
    ],
    "Head of Housing (tbc)": [("Head of Housing", "post", None, "accountable", "tbc")],
    "Jane Smith, COO supported by Tom Lee, the Assistant Director of Policy": [
        ("COO", "post", "Jane Smith", "accountable", None),
        ("Assistant Director of Policy", "post", "Tom Lee", "supporting", None),
    ],
    "Director with Exec Lead": [
        ("Director", "post", None, "accountable", None),
        ("Exec Lead", "post", None, "supporting", None),
    ],
    "Lead: Head of HR; Support: HRBP": [
        ("Head of HR", "post", None, "accountable", None),
        ("HRBP", "post", None, "supporting", None),
    ],
    "All Assistant Directors": [("All Assistant Directors", "body", None, "accountable", None)],
    "Heads of Service": [("Heads of Service", "body", None, "accountable", None)],
    "Head of Service": [("Head of Service", "post", None, "accountable", None)],
    "Recruitment Team": [("Recruitment Team", "body", None, "accountable", None)],
    "Learning and Development": [("Learning and Development", "body", None, "accountable", None)],
    "Det Ch Supt Crime": [("Det Ch Supt Crime", "post", None, "accountable", None)],
    "TUJCC": [("TUJCC", "body", None, "accountable", None)],
    "Chief Executive": [("Chief Executive", "post", None, "accountable", None)],
}


@pytest.mark.parametrize(("printed", "leads"), PARTICULARS.items(), ids=list(PARTICULARS))
def test_posts_bodies_people_and_remarks_are_held_apart(printed, leads):
    read = read_leads(printed)
    assert [(x.text, x.kind, x.person, x.role, x.remark) for x in read] == leads


def test_an_abbreviation_keeps_its_words_and_carries_its_expansion():
    known = (("COO", "Chief Operating Officer"), ("JUC", "Joint Union Committee"))
    read = read_leads("COO and JUC", known)
    assert [(x.text, x.full, x.kind) for x in read] == [
        ("COO", "Chief Operating Officer", "post"),
        ("JUC", "Joint Union Committee", "body"),
    ]


def test_an_abbreviation_explained_in_the_cell_is_one_lead_as_printed():
    (lead,) = read_leads("Chief Operating Officer (COO)")
    assert (lead.text, lead.full) == ("Chief Operating Officer (COO)", "Chief Operating Officer")


def test_an_abbreviation_that_nobody_explains_is_never_expanded():
    (lead,) = read_leads("COO")
    assert lead.full is None


def test_a_column_of_supporting_actors_gives_supporting_leads():
    read = read_leads("Head of HR, Union Branch Secretary", role="supporting")
    assert [(x.text, x.role) for x in read] == [
        ("Head of HR", "supporting"),
        ("Union Branch Secretary", "supporting"),
    ]


def test_the_printed_lines_of_a_cell_may_be_given_one_by_one():
    read = read_leads(["Monitoring Officer", "All managers", "Monitoring Officer"])
    assert [x.text for x in read] == ["Monitoring Officer", "All managers", "Monitoring Officer"]


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_words_break_the_reading_and_none_are_invented(words):
    for lead in read_leads(words):
        for said in (lead.text, lead.person or "", lead.remark or ""):
            assert all(part in words for part in said.split())


_PARTS = st.sampled_from(
    ["Head", "of", "HR", "and", "&", ",", "/", "Director", "Cabinet", "Member", "Senior", "(tbc)",
     "Leadership", "Team", "All", "staff", "Jane", "Smith", "Cllr", "Supt", "Chief", "Executive",
     "supported by", "Lead:", "SLT", "for", "the", "\n", ";", "–", "(", ")", "EDI", "Board"]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=14).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_no_order_of_the_words_of_leads_breaks_the_reading(words):
    for lead in read_leads(words):
        assert lead.text or lead.person
        for said in (lead.text, lead.person or "", lead.remark or ""):
            assert all(part in words for part in said.split())


_LEADS = st.sampled_from(
    ["Head of HR", "Monitoring Officer", "SLT", "Senior Leadership Team", "All managers",
     "Chief Executive", "Equality Board", "Supt Operations", "TUJCC", "HR Business Partners"]
)  # fmt: skip


@given(st.lists(_LEADS, min_size=1, max_size=6), st.sampled_from(["; ", " / ", "\n", ", "]))
@settings(max_examples=150, deadline=None)
def test_a_list_of_leads_comes_back_as_it_was_joined(leads, mark):
    assert [lead.text for lead in read_leads(mark.join(leads))] == leads
