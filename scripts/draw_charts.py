"""The charts in the docs: Brackenford's invented figures, drawn by the charts room.

Run as ``python scripts/draw_charts.py``; a test holds the pictures to what the code draws.
"""

from datetime import date
from pathlib import Path

from goldenthread.charts import Drawing, control_chart
from goldenthread.spc import Counts, Point, Quantity, Series, Target

IMAGES = Path(__file__).parents[1] / "docs" / "images" / "charts"
PANELS = [31, 28, 36, 33, 30, 38, 34, 29, 35, 41, 36, 42, 52, 49, 55, 57, 54, 61]
ANSWERS = [71, 78, 74, 69, 77, 73, 80, 72, 75, 79, 70, 76, 74, 81]


def panels() -> Series:
    """The share of interview panels that were mixed and trained, month by month."""
    months = [date(2025 + n // 12, n % 12 + 1, 1) for n in range(3, 21)]
    return Series(
        title="Interview panels for Grade 10 and above that were mixed and trained",
        quantity=Quantity("share"),
        better="higher",
        counts=Counts.THINGS,
        points=tuple(
            Point(day, f"{day:%B %Y}", value) for day, value in zip(months, PANELS, strict=True)
        ),
        source="Human Resources, the log of panels",
        targets=(Target(100, "Promised"),),
        baseline=12,
    )


def answers() -> Series:
    """The share of staff networks' requests that had an answer in a month, by quarter."""
    ends = [(6, 30, 0), (9, 30, 0), (12, 31, 0), (3, 31, 1)]
    quarters = []
    for place in range(len(ANSWERS)):
        year, (month, day, more) = 2023 + place // 4, ends[place % 4]
        label = f"Q{place % 4 + 1} {year}/{(year + 1) % 100:02}"
        quarters.append((date(year + more, month, day), label))
    return Series(
        title="Staff networks' requests answered within a month",
        quantity=Quantity("share"),
        better="higher",
        counts=Counts.THINGS,
        points=tuple(
            Point(on, label, value) for (on, label), value in zip(quarters, ANSWERS, strict=True)
        ),
        source="The programme team, the register of requests",
        targets=(Target(80, "Target"),),
    )


def drawings() -> dict[str, Drawing]:
    """Each picture by the name of its file."""
    return {"signal": control_chart(panels()), "noise": control_chart(answers())}


def main() -> None:
    """Write each picture."""
    for name, drawing in drawings().items():
        (IMAGES / f"{name}.svg").write_text(drawing.svg + "\n", encoding="utf-8")
        print(f"drew docs/images/charts/{name}.svg: {drawing.sentence}")


if __name__ == "__main__":
    main()
