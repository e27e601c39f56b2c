from goldenthread.errors import Place, Unreadable, Unsafe


def test_a_place_reads_as_a_person_would_look_for_it():
    assert str(Place(page=2, table=1, row=9, item=1)) == "page 2, table 1, row 9, item 1"


def test_a_place_in_a_spreadsheet_names_sheet_and_column_letter():
    assert str(Place(sheet="Place", row=7, column=28)) == "sheet “Place”, row 7, column AB"


def test_a_place_that_says_nothing_is_false():
    assert not Place()
    assert Place(row=1)


def test_a_place_is_made_more_exact_without_changing_the_old_one():
    row = Place(table=1, row=2)
    assert row.at(item=3) == Place(table=1, row=2, item=3)
    assert row.item is None


def test_a_refusal_says_where_what_and_what_to_do():
    refusal = Unreadable("The table is empty.", do="Add a row.", place=Place(page=1), file="a.docx")
    assert str(refusal) == "a.docx: page 1: The table is empty. Add a row."


def test_a_refusal_without_a_place_is_still_a_sentence():
    assert str(Unsafe("The file holds macros.", rule="macros")) == "The file holds macros."
