"""Plans for property tests, with few words so that editions resemble each other."""

from hypothesis import strategies as st

from goldenthread.errors import Place
from goldenthread.plan import Action, Lead, Measure, Plan, Recommendation, Response, Update
from goldenthread.plan.model import Programme, Review, Strand
from goldenthread.timescale import Timescale

WORDS = ["brief", "train", "publish", "managers", "staff", "figures", "grade", "quarter", "review"]
texts = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
maybe = st.none() | texts
numbers = st.none() | st.sampled_from(["1", "2", "A1"])
statuses = st.sampled_from([None, "not_started", "in_progress", "completed", "delayed"])
days = st.none() | st.dates()
leads = st.builds(
    Lead,
    st.sampled_from(["Head of HR", "SLT", ""]),
    st.sampled_from(["post", "body", "person"]),
    st.sampled_from(["accountable", "supporting"]),
    person=st.none() | st.just("Jane Example"),
)
timescales = st.builds(
    Timescale,
    texts,
    st.sampled_from(["date", "period", "ongoing", "unknown", "relative", "conditional", "status"]),
    start=days,
    end=days,
    status=statuses,
)


def few(values, most=3):
    return st.lists(values, max_size=most).map(tuple)


actions = st.builds(
    Action,
    texts,
    number=numbers,
    leads=few(leads),
    timescales=few(timescales),
    measures=few(st.builds(Measure, texts)),
    status=statuses,
    status_text=maybe,
    rag=st.sampled_from([None, "red", "green"]),
    updates=few(st.builds(Update, texts, at=days, status=statuses, evidence=maybe), 1),
    evidence=few(texts, 1),
    see=few(st.sampled_from(["1", "2"]), 1),
    confidence=st.sampled_from(["high", "low"]),
    place=st.builds(Place, page=st.none() | st.integers(1, 9), sheet=maybe),
)
recommendations = st.builds(
    Recommendation,
    texts,
    number=numbers,
    theme=st.none() | st.sampled_from(["Place", "Adults"]),
    status=statuses,
    response=st.none() | st.builds(Response, texts),
    actions=few(actions, 4),
    see=few(st.sampled_from(["1", "2"]), 1),
)
programmes = st.builds(
    Programme,
    texts,
    strands=few(st.builds(Strand, texts)),
    reviews=few(st.builds(Review, texts, reported=days, recommendations=few(texts))),
)
plans = st.builds(
    Plan,
    maybe,
    st.none() | st.just("2021-10"),
    few(recommendations, 4),
    programme=st.none() | programmes,
    abbreviations=st.just(()) | st.just((("SLT", "Senior Leadership Team"),)),
)
