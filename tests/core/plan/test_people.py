import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.plan.people import find_people

NAMED = {
    "Strategic Lead is Joan Hartley, COO supported by Priya Patel, the Assistant Director": [
        "Joan Hartley",
        "Priya Patel",
    ],
    "Councillor Khan is Member Champion": ["Councillor Khan"],
    "Cllr A. Khan and Mrs S Stewart will report": ["Cllr A. Khan", "Mrs S Stewart"],
    "Professor Olu Adeyemi's report": ["Professor Olu Adeyemi"],
    "Agree it with Dr O’Connor and Siân Hughes-Jones.": ["Dr O’Connor"],
    "Councillor Khan SECONDED": ["Councillor Khan"],
    "Pat Robinson to chair": ["Pat Robinson"],
    "Contact: Sue Perkins, Mark Bell or Rose Tyler": ["Sue Perkins", "Mark Bell", "Rose Tyler"],
    "Ask Mohammed Al-Hassan": ["Mohammed Al-Hassan"],
    "Report to Grace Okafor": ["Grace Okafor"],
    "the lead, Mark Fielding, will write": ["Mark Fielding"],
    "Wei Zhang and Agnieszka Nowak": ["Wei Zhang", "Agnieszka Nowak"],
}
NOBODY = [
    "Mark Stephen Lawrence Day",
    "Stephen Lawrence Day events",
    "Display on Rosa Parks and Mary Seacole",
    "Respond to the Macpherson report and the Lammy Review",
    "Windrush Day and Black History Month",
    "Mark Black History Month in every library",
    "Will Cabinet approve the plan?",
    "Publish by May Council",
    "Councillor Development Programme",
    "Councillors Code of Conduct",
    "Hold a session in the Victoria Centre and on King Charles Street",
    "St John Ambulance and Grant Thornton",
    "Leader and Chief Executive communication underway",
    "Head of HR and OD; Senior Leadership Team",
    "Choose Northmere Roadshows",
    "April Cabinet, June Committee and Summer Term",
    "Sir or madam",
    "PC Hardware refresh",
    "Jack Petchey Foundation award",
    "Rose Hill and Chester Road",
    "Rewrite the code of conduct in plain English",
    "Review the work with Christian Aid and Age UK",
    "Robert Gordon University",
    "Chief Executive video message and question time",
    "Lord Mayor",
    "Race Equality Week",
    "Sir George Monoux College and Dame Allan's School",
    "Councillor Call for Action; Lady Mayoress",
    "Hope Not Hate, April Fools, May Bank Holiday and June Solstice",
    "Bernie Grant Arts Centre and the Jo Cox Foundation",
    "Display at Victoria House, Douglas Road and Carol Street",
    "Mr and Mrs titles; Ms Teams; Miss no opportunity",
    "Don't Panic: Ward ARI",
    "Dr Martin Luther King Jr and John Jay College",
    "in June  Now",
    "MOVED and SECONDED",
]


@pytest.mark.parametrize(("text", "names"), NAMED.items(), ids=list(NAMED))
def test_names_of_persons_are_found_in_public_words(text, names):
    assert [span.text for span in find_people(text)] == names


@pytest.mark.parametrize("text", NOBODY)
def test_events_places_and_posts_are_not_taken_for_staff(text):
    assert find_people(text) == ()


def test_a_span_says_where_the_name_stands():
    text = "Led by Joan Hartley."
    (span,) = find_people(text)
    assert text[span.start : span.end] == span.text == "Joan Hartley"


_PARTS = st.sampled_from(
    ["Cllr", "Dr", "Jane", "Smith", "O'Neil", "van", "the", "Mark", "Khan's", "Review", "Street",
     "A.", ",", ".", ";", "(", ")", "Mrs", "Will"]
)  # fmt: skip


@given(st.text(max_size=120) | st.lists(_PARTS, max_size=12).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_every_span_reads_as_the_text_reads_there(text):
    for span in find_people(text):
        assert span.text
        assert text[span.start : span.end] == span.text
