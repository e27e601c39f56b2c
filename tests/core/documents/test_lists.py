from hypothesis import given
from hypothesis import strategies as st

from goldenthread.documents.lists import (
    Item,
    goes_on,
    is_unfinished,
    join_pieces,
    pair,
    read_items,
    references,
)
from goldenthread.intake import Paragraph


def bullet(text, level=0):
    return Paragraph(text, list_level=level, marker="•")


def texts(items):
    return [item.text for item in items]


def items(*words, piece=0):
    return [Item(text, position=n, piece=piece) for n, text in enumerate(words)]


def test_each_bullet_is_an_item():
    assert texts(read_items([bullet("Publish the data"), bullet("Train managers")])) == [
        "Publish the data",
        "Train managers",
    ]


def test_blank_paragraphs_count_as_levels_and_are_no_items():
    found = read_items([Paragraph("May 2024"), Paragraph(""), Paragraph("June 2024")])
    assert [(item.text, item.position) for item in found] == [("May 2024", 0), ("June 2024", 2)]


def test_a_lead_in_that_ends_in_a_colon_takes_its_bullets():
    found = read_items([Paragraph("Run sessions covering:"), bullet("the law"), bullet("the data")])
    assert texts(found) == ["Run sessions covering: the law; the data"]


def test_a_bullet_takes_the_bullets_inside_it():
    found = read_items([bullet("Train managers"), bullet("in depots", 1), bullet("Publish")])
    assert texts(found) == ["Train managers; in depots", "Publish"]


def test_a_list_that_lost_its_bullets_is_cut_where_sentences_begin():
    lost = Paragraph(
        "Training programme for staff Training programme for Members Shared reading groups",
        list_level=0,
    )
    found = read_items([lost])
    assert texts(found) == [
        "Training programme for staff",
        "Training programme for Members",
        "Shared reading groups",
    ]
    assert all(item.lost_separator for item in found)


def test_names_inside_a_list_that_lost_its_bullets_stay_whole():
    lost = Paragraph("Report to the Equality Board and the Fusion HR system team", list_level=0)
    assert texts(read_items([lost])) == [lost.text]


def test_a_bulleted_item_with_a_capital_inside_is_never_cut():
    whole = "Seek views from staff Members and Trade Unions Together"
    assert texts(read_items([bullet(whole)])) == [whole]


def test_a_sentence_that_stops_in_the_middle_is_unfinished():
    assert is_unfinished("Every director to agree a plan with")
    assert is_unfinished("Publish data on ethnicity,")
    assert not is_unfinished("Publish data")


def test_a_sentence_goes_on_in_lower_case_but_not_after_its_end():
    assert goes_on("Publish ward-level", "disproportionality figures")
    assert not goes_on("Publish figures.", "Review them")
    assert not goes_on("Publish figures", "Review them")


def test_pieces_of_a_sentence_cut_by_a_page_end_are_joined_once():
    joined, count = join_pieces(
        [
            [bullet("Launch a campaign that explains how the data is used")],
            [Paragraph("and who can see it"), bullet("Raise it in one-to-ones")],
        ]
    )
    assert count == 1
    assert [[p.text for p in piece] for piece in joined] == [
        ["Launch a campaign that explains how the data is used and who can see it"],
        ["Raise it in one-to-ones"],
    ]


def test_equal_counts_pair_in_order():
    pairing = pair(items("a", "b", "c"), items("x", "y", "z"))
    assert (pairing.things, pairing.sure) == (((0,), (1,), (2,)), True)


def test_one_thing_serves_every_action():
    pairing = pair(items("a", "b"), items("x"))
    assert (pairing.things, pairing.sure) == (((0,), (0,)), True)


def test_one_thing_above_a_page_end_serves_those_below_it_but_not_surely():
    actions = [Item("a", piece=0), Item("b", piece=1)]
    assert not pair(actions, [Item("x", piece=0)]).sure


def test_one_action_takes_everything():
    assert pair(items("a"), items("x", "y")).things == ((0, 1),)


def test_blank_lines_keep_columns_level():
    actions = [Item("a", position=0), Item("b", position=1), Item("c", position=2)]
    times = [Item("x", position=0), Item("z", position=2)]
    pairing = pair(actions, times)
    assert (pairing.things, pairing.sure, pairing.how) == (((0,), (), (1,)), True, "level")


def test_joined_rows_pair_row_by_row():
    actions = [Item("a", piece=0), Item("b", piece=0), Item("c", piece=1)]
    times = [Item("x", piece=0), Item("z", piece=1)]
    assert pair(actions, times).things == ((0,), (0,), (1,))


def test_an_evident_subject_decides_and_the_rest_goes_to_the_others():
    actions = items("Sessions", "Take part in Black History Month in October 2021", "Lunches")
    pairing = pair(actions, items("Ongoing", "October 2021"))
    assert (pairing.things, pairing.sure) == (((0,), (1,), (0,)), False)


def test_initials_spelled_out_in_an_action_are_an_evident_subject():
    actions = items(
        "Sessions", "Lunches", "Consideration by the trade union joint consultative committee"
    )
    assert pair(actions, items("Head of HR", "TUJCC")).things == ((0,), (0,), (1,))


def test_unequal_counts_without_evidence_go_everywhere_and_are_uncertain():
    pairing = pair(items("a", "b", "c"), items("x", "y"))
    assert (pairing.things, pairing.sure) == (((0, 1), (0, 1), (0, 1)), False)


@given(st.lists(st.text(max_size=30), max_size=6), st.lists(st.text(max_size=30), max_size=6))
def test_pairing_loses_nothing_and_invents_nothing(actions, things):
    pairing = pair(items(*actions), items(*things))
    assert len(pairing.things) == len(actions)
    if actions:
        assert {i for group in pairing.things for i in group} == set(range(len(things)))


@given(st.lists(st.text(alphabet="abc ABC.,", max_size=40), max_size=6))
def test_items_lose_no_word(paragraphs):
    found = read_items([bullet(text) for text in paragraphs])
    assert " ".join(texts(found)).split() == " ".join(paragraphs).split()


def test_references_are_the_numbers_pointed_to():
    assert references("Develop training (see No. 10)") == ("10",)
    assert references("See recommendation 2.1 and see also action 3") == ("2.1", "3")
