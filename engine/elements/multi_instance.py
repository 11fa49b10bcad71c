"""Multi-instance marker (BPMN 2.0, 10.3.8): the activity once for each item, at once or one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.loop_body import LoopBody
from engine.elements.mappings import set_from
from engine.expressions import ExpressionError
from engine.judgement import RUNS, Judgement
from engine.spiff.failures import ElementFailure
from engine.spiff.scope import Touch

if TYPE_CHECKING:
    from engine.elements.activity import Activity
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token

MOST_ITEMS = 5_000


class MultiInstance(LoopBody):
    def __init__(self, process: ProcessSpec, node: m.Activity, c: Compilation, inner: Activity) -> None:
        super().__init__(process, node, c, inner)
        characteristics = node.loop_characteristics
        assert isinstance(characteristics, m.MultiInstanceLoopCharacteristics)
        loop = c.execution(characteristics).loop or c.execution(node).loop
        self.guided = c.guided
        # Camunda keeps the counts as variables of the body, so conditional events are told of them.
        self.counts_are_variables = c.dialect == "camunda7"
        self.sequential = bool(characteristics.is_sequential)
        self.cardinality = c.expression(characteristics.loop_cardinality)
        self.condition = c.expression(characteristics.completion_condition)
        self.collection = c.evaluator(loop.collection) if loop is not None else None
        self.element_variable = loop.element_variable if loop is not None else None
        self.index_variable = loop.index_variable if loop is not None else None
        self.output_collection = loop.output_collection if loop is not None else None
        self.output_element = c.evaluator(loop.output_element) if loop is not None else None

    def judge(self) -> Judgement:
        if self.cardinality is not None or self.collection is not None:
            return RUNS
        if self.guided:
            return Judgement("guided", "How often is not said: it is done once.", "", "no-items")
        return Judgement("will_not_run", "How often is not said.", "Give it a cardinality or a collection.", "no-items")

    def perform(self, token: Token) -> bool | None:
        items = self._items(token)
        total = len(items)
        if total > MOST_ITEMS:
            raise ElementFailure(
                "too-many-items",
                f"“{self.title}” would have {total:,} items; {MOST_ITEMS:,} is the most.",
                "Split the collection.",
            )
        token.remember(total=total)
        self._counted(token, *self.counts(token), *(["loopCounter"] if self.sequential else []))
        if self.output_collection:
            set_from(token.scope, self.output_collection, [None] * total)
        for index in reversed(range(1 if self.sequential and total else total)):
            self._add(token, index, items)
        return None if total else True

    def continue_loop(self, body: Token) -> None:
        done = body.memory["completed"]
        if self.sequential and done < body.memory["total"]:
            self._counted(body, "nrOfCompletedInstances", "loopCounter")
            self._add(body, done, self._items(body))
        elif not self.sequential:
            self._counted(body, "nrOfCompletedInstances", "nrOfActiveInstances")

    def _counted(self, body: Token, *names: str) -> None:
        if self.counts_are_variables:
            body.workflow.touched.extend(Touch(body.scope.number, name, "update") for name in names)

    def finished(self, item: Token, body: Token) -> bool:
        if self.output_collection and self.output_element is not None:
            index = item.scope.get("loopCounter")
            outputs = list(body.data.get(self.output_collection) or [])
            outputs.extend([None] * (index + 1 - len(outputs)))
            outputs[index] = self.output_element.value(item)
            set_from(body.scope, self.output_collection, outputs)
        return self.condition is not None and self.condition.is_true(item)

    def _add(self, body: Token, index: int, items: list[Any]) -> None:
        variables: dict[str, Any] = {}
        if self.element_variable and index < len(items):
            variables[self.element_variable] = items[index]
        if self.index_variable:
            variables[self.index_variable] = index
        self.add_item(body, index, variables)

    def _items(self, token: Token) -> list[Any]:
        """What it repeats over. Guided, one that cannot be told is done once."""
        try:
            return self._told(token)
        except (ExpressionError, ElementFailure):
            if not self.guided:
                raise
            return [None]

    def _told(self, token: Token) -> list[Any]:
        if self.collection is not None:
            items = self.collection.value(token)
            if isinstance(items, dict):
                return list(items.values())
            if not isinstance(items, (list, tuple, set)):
                raise ElementFailure("no-collection", f"“{self.title}” repeats over something that is no list.", "")
            return list(items)
        if self.cardinality is not None:
            count = self.cardinality.value(token)
            try:
                number = int(count)
            except (TypeError, ValueError):
                number = -1
            if number < 0 or isinstance(count, bool):
                raise ElementFailure("no-count", f"“{self.title}” repeats {count!r} times.", "Give it a whole number.")
            return [None] * min(number, MOST_ITEMS + 1)
        raise ElementFailure(
            "no-items",
            f"“{self.title}” repeats, but not how often or over what.",
            "Give it a cardinality or a collection.",
        )
