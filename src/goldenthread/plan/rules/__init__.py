"""Every rule of the checks, grouped by meaning: structure, leads, timescales, status, words."""

from goldenthread.plan.rules import lead, measures, status, structure, timescales, words
from goldenthread.plan.rules.rule import (
    CheckSettings,
    Example,
    Finding,
    Found,
    Look,
    Rule,
    Severity,
)

RULES: tuple[Rule, ...] = (
    *structure.RULES,
    *lead.RULES,
    *timescales.RULES,
    *status.RULES,
    *measures.RULES,
    *words.RULES,
)

__all__ = ["RULES", "CheckSettings", "Example", "Finding", "Found", "Look", "Rule", "Severity"]
