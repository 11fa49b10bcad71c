"""Declared forms: the kinds of fields, and what a value must be so that it does not contradict them."""

from __future__ import annotations

from engine.forms.check import contradictions, without_blanks
from engine.forms.kinds import KINDS, kind_of
from engine.forms.rules import NEEDED, UNREADABLE, Rule, rules_of

__all__ = ["KINDS", "NEEDED", "UNREADABLE", "Rule", "contradictions", "kind_of", "rules_of", "without_blanks"]
