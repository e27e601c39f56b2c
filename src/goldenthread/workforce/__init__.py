"""Numbers about the people who work here: exact, with their base, their source and their doubt.

``files`` holds a file of staff records to its contract; ``pay`` reckons pay and the gaps in it;
``rates`` counts who works here and what happens to whom. Each measure is one standard SQL
statement, asked of ``Records`` wherever they lie, and one function from its rows to a value.
"""

from goldenthread.workforce.proportion import Difference, Proportion, difference, proportion
from goldenthread.workforce.records import Records
from goldenthread.workforce.too_few import TooFew

__all__ = ["Difference", "Proportion", "Records", "TooFew", "difference", "proportion"]
