"""The functions of FEEL (DMN 1.5, 10.3.4) and those that Camunda 8 adds, one file for each kind."""

from __future__ import annotations

from engine.expressions.feel.builtin import Builtin
from engine.expressions.feel.functions.contexts import CONTEXT_FUNCTIONS
from engine.expressions.feel.functions.conversion import CONVERSION_FUNCTIONS
from engine.expressions.feel.functions.lists import LIST_FUNCTIONS
from engine.expressions.feel.functions.numeric import NUMERIC_FUNCTIONS
from engine.expressions.feel.functions.ordering import ORDERING_FUNCTIONS
from engine.expressions.feel.functions.ranges import RANGE_FUNCTIONS
from engine.expressions.feel.functions.statistics import STATISTIC_FUNCTIONS
from engine.expressions.feel.functions.texts import TEXT_FUNCTIONS

FUNCTIONS: dict[str, Builtin] = {
    **CONVERSION_FUNCTIONS,
    **TEXT_FUNCTIONS,
    **NUMERIC_FUNCTIONS,
    **LIST_FUNCTIONS,
    **STATISTIC_FUNCTIONS,
    **ORDERING_FUNCTIONS,
    **CONTEXT_FUNCTIONS,
    **RANGE_FUNCTIONS,
}
