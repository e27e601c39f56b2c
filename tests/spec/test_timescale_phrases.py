"""The catalogue of timescale phrasings, row by row: the specification of ``timescale.read``."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from goldenthread.timescale import Setting, Timescale, read

HERE = Path(__file__).parent
SHARED = HERE.parents[1].parent / "shared"
CATALOGUE = tomllib.loads((HERE / "timescale_phrases.toml").read_text("utf-8"))["phrase"]
MORE = tomllib.loads((HERE / "timescale_more.toml").read_text("utf-8"))["phrase"]
COMPARED = [field.name for field in fields(Timescale) if field.name not in ("raw", "assumed")]


def setting_of(row: dict) -> Setting:
    given = dict(row.get("setting", {}))
    for name in ("phases", "annual_meetings"):
        if name in given:
            given[name] = tuple(tuple(x) if isinstance(x, list) else x for x in given[name])
    above = read(row["above"]) if "above" in row else ()
    return replace(Setting(**given), above=above)


def meaning(timescale: Timescale) -> dict:
    values = {name: getattr(timescale, name) for name in COMPARED}
    return {name: value for name, value in values.items() if value is not None}


def readings(row: dict) -> tuple[Timescale, ...]:
    return read(row["words"], row.get("dated"), setting_of(row))


def name_of(row: dict) -> str:
    return f"{row.get('row', '')} {row['words']}".strip()


@pytest.mark.parametrize("row", CATALOGUE, ids=name_of)
def test_a_phrase_of_the_catalogue_reads_as_the_catalogue_says(row):
    assert [meaning(t) for t in readings(row)] == row["means"]


@pytest.mark.parametrize("row", MORE, ids=name_of)
def test_a_phrase_of_the_same_families_reads_alike(row):
    assert [meaning(t) for t in readings(row)] == row["means"]


@pytest.mark.parametrize("row", [r for r in MORE if "raw" in r], ids=name_of)
def test_each_claim_keeps_the_words_that_make_it(row):
    assert [t.raw for t in readings(row)] == row["raw"]


@pytest.mark.parametrize("row", [r for r in MORE if "assumes" in r], ids=name_of)
def test_a_reading_says_what_it_assumed(row):
    assert [[a.code for a in t.assumed] for t in readings(row)] == row["assumes"]


def test_the_catalogue_is_whole():
    assert [row["row"] for row in CATALOGUE] == list(range(1, 161))


# ---- the example plans, read where they stand ----------------------------------------------------


def truths() -> list:
    cases = []
    for path in sorted((SHARED / "examples" / "plans").glob("*.truth.json")):
        truth = json.loads(path.read_text("utf-8"))
        for rec in truth["recommendations"]:
            for action in rec["actions"]:
                options = [action.get("timescales") or [], *action.get("timescales_alt", [])]
                if options[0]:
                    cases.append(pytest.param(options, truth["document_date"], id=str(options[0])))
    return cases


def day(printed: str) -> date:
    return date.fromisoformat((printed + "-28")[:10])


@pytest.mark.skipif(not truths(), reason="the shared example plans are not beside the project")
@pytest.mark.parametrize(("options", "printed"), truths())
def test_the_timescales_of_the_example_plans_read_as_their_truth_says(options, printed):
    for option in options:
        whole = list(dict.fromkeys(t["raw"] for t in option))
        got = [t for raw in whole for t in read(raw, day(printed))]
        if len(got) == len(option) and all(map(agrees, got, option)):
            return
    raise AssertionError([meaning(t) for t in got])


def agrees(got: Timescale, true: dict) -> bool:
    kinds = [true["kind"], *true.get("kind_alt", [])]
    end = got.end.isoformat() if got.end else None
    start = got.start.isoformat() if got.start else None
    return (
        got.kind in kinds
        and end in [true.get("end"), *true.get("end_alt", [])]
        and (start == true.get("start") or got.kind != true["kind"])
        and got.recurrence == true.get("recurrence")
        and got.status == true.get("status")
        and got.offset == true.get("offset")
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the shared standards are not beside the project")
def test_financial_years_and_quarters_agree_with_the_published_vectors():
    vectors = json.loads((SHARED / "examples/standards/dates.json").read_text("utf-8"))["vectors"]
    rows = next(v for v in vectors if v["topic"] == "financial_year")["expected"]["rows"]
    for row in rows:
        moment = date.fromisoformat(row["date"])
        year, quarter = row["financial_year"], row["quarter"]
        (whole,) = read(year)
        (part,) = read(f"Q{quarter} {year}")
        assert whole.start <= part.start <= moment <= part.end <= whole.end, row
