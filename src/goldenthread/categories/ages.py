"""Age on a day, and the band that it falls to."""

from __future__ import annotations

from datetime import date

from goldenthread.categories.lists import code_list


def age_on(born: date, day: date) -> int:
    """How many whole years old somebody born on a day is on another.

    Somebody born on 29 February comes of age on 1 March in a year without that day.

    Raises ValueError where the day is before the birth.

    >>> age_on(date(1999, 3, 31), date(2024, 3, 31)), age_on(date(1999, 4, 1), date(2024, 3, 31))
    (25, 24)
    """
    if day < born:
        raise ValueError("a day before the birth has no age")
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_band(age: int, banding: str = "age_ten_year") -> str:
    """The code of a banding's band for an age in whole years.

    Raises ValueError for an age below nought, KeyError for a banding that there is not.

    >>> age_band(25), age_band(65), age_band(67, "age_five_year")
    ('25-34', '65+', '65-69')
    """
    if age < 0:
        raise ValueError("an age is nought or more")
    bands = code_list(banding)
    if bands.characteristic != "age":
        raise KeyError(f"{banding!r} is no banding of age")
    begun = [item for item in bands.items if item.from_age is not None and item.from_age <= age]
    return begun[-1].code
