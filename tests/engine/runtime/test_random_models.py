"""Random models, played at random: each ends or waits, the same from rows as from memory, and its history is whole."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
MOST_STEPS = 40

TIMER = '<timerEventDefinition id="{0}_d"><timeDuration>PT1H</timeDuration></timerEventDefinition>'
CYCLE = '<timerEventDefinition id="{0}_d"><timeCycle>R2/PT1H</timeCycle></timerEventDefinition>'
MESSAGE = '<messageEventDefinition id="{0}_d" messageRef="m"/>'
SIGNAL = '<signalEventDefinition id="{0}_d" signalRef="sig"/>'
ERROR = '<errorEventDefinition id="{0}_d" errorRef="err"/>'
ESCALATION = '<escalationEventDefinition id="{0}_d" escalationRef="esc"/>'
CONDITION = '<conditionalEventDefinition id="{0}_d"><condition>x == 1</condition></conditionalEventDefinition>'
ROOT = """<message id="m" name="m"/><signal id="sig" name="sig"/><error id="err" name="err" errorCode="ERR"/>
<escalation id="esc" name="esc" escalationCode="ESC"/>"""
CALLED = '<process id="called" isExecutable="true"><userTask id="called_task"/></process>'

LEAVES = {
    "task": '<task id="{0}"/>',
    "user": '<userTask id="{0}"/>',
    "service": '<serviceTask id="{0}"/>',
    "script": '<scriptTask id="{0}" scriptFormat="python"><script>x = (x + 1) % 3</script></scriptTask>',
    "call": '<callActivity id="{0}" calledElement="called"/>',
    "receive": '<receiveTask id="{0}" messageRef="m"/>',
    "timer": f'<intermediateCatchEvent id="{{0}}">{TIMER}</intermediateCatchEvent>',
    "condition": f'<intermediateCatchEvent id="{{0}}">{CONDITION}</intermediateCatchEvent>',
    "message": f'<intermediateThrowEvent id="{{0}}">{MESSAGE}</intermediateThrowEvent>',
    "signal": f'<intermediateThrowEvent id="{{0}}">{SIGNAL}</intermediateThrowEvent>',
    "escalation": f'<intermediateThrowEvent id="{{0}}">{ESCALATION}</intermediateThrowEvent>',
}
ACTIVITIES = ("user", "service", "call")
LOOPS = {
    "parallel": "<multiInstanceLoopCharacteristics><loopCardinality>x + 1</loopCardinality>"
    "</multiInstanceLoopCharacteristics>",
    "sequential": '<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>2</loopCardinality>'
    "<completionCondition>x == 2</completionCondition></multiInstanceLoopCharacteristics>",
    "loop": '<standardLoopCharacteristics loopMaximum="2"><loopCondition>x != 1</loopCondition>'
    "</standardLoopCharacteristics>",
}
TRIGGERS = {"timer": TIMER, "cycle": CYCLE, "message": MESSAGE, "signal": SIGNAL, "condition": CONDITION}
TRIGGERS_OF_ERRORS = {"error": ERROR, "escalation": ESCALATION}


class Drawing:
    """A process written block by block; each block has one way in and one way out."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._parts: list[list[str]] = [[]]

    def id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers)}"

    def add(self, part: str) -> None:
        self._parts[-1].append(part)

    def node(self, prefix: str, template: str) -> str:
        name = self.id(prefix)
        self.add(template.format(name))
        return name

    def flow(self, source: str, target: str, condition: str = "") -> str:
        name = self.id("f")
        inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        self.add(f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>')
        return name

    def inside(self, block: Any) -> str:
        """What stands in a sub-process."""
        self._parts.append([])
        start, end = self.node("start", '<startEvent id="{0}"/>'), self.node("end", '<endEvent id="{0}"/>')
        way_in, way_out = self.block(block)
        self.flow(start, way_in)
        self.flow(way_out, end)
        return "".join(self._parts.pop())

    def block(self, block: Any) -> tuple[str, str]:
        """Draw a block; its first and last node."""
        kind, *rest = block
        if kind in LEAVES:
            name = self.node(kind, LEAVES[kind])
            return name, name
        way: tuple[str, str] = getattr(self, f"_{kind}")(*rest)
        return way

    def _sequence(self, first: Any, second: Any) -> tuple[str, str]:
        (a, b), (c, d) = self.block(first), self.block(second)
        self.flow(b, c)
        return a, d

    def _gateways(self, kind: str, branches: list[Any], decided: bool) -> tuple[str, str]:
        fork, join = self.id("fork"), self.id("join")
        last = ""
        for index, branch in enumerate(branches):
            way_in, way_out = self.block(branch)
            condition = f"x == {index}" if decided and index < len(branches) - 1 else ""
            last = self.flow(fork, way_in, condition)
            self.flow(way_out, join)
        default = f' default="{last}"' if decided else ""
        self.add(f'<{kind} id="{fork}"{default}/><{kind} id="{join}"/>')
        return fork, join

    def _repeat(self, body: Any) -> tuple[str, str]:
        merge, again = self.node("merge", '<exclusiveGateway id="{0}"/>'), self.id("again")
        way_in, way_out = self.block(body)
        after = self.node("after", '<task id="{0}"/>')
        self.flow(merge, way_in)
        self.flow(way_out, again)
        on = self.flow(again, after)
        self.flow(again, merge, "x == 2")
        self.add(f'<exclusiveGateway id="{again}" default="{on}"/>')
        return merge, after

    def _events(self, first: Any, second: Any) -> tuple[str, str]:
        gateway = self.node("events", '<eventBasedGateway id="{0}"/>')
        merge = self.node("merge", '<exclusiveGateway id="{0}"/>')
        for trigger, branch in ((TIMER, first), (MESSAGE, second)):
            caught = self.node("caught", f'<intermediateCatchEvent id="{{0}}">{trigger}</intermediateCatchEvent>')
            way_in, way_out = self.block(branch)
            self.flow(gateway, caught)
            self.flow(caught, way_in)
            self.flow(way_out, merge)
        return gateway, merge

    def _sub(self, body: Any, loop: str | None, handler: tuple[str, bool, Any] | None) -> tuple[str, str]:
        name = self.id("sub")
        inside = (LOOPS[loop] if loop else "") + self.inside(body)
        if handler is not None:
            trigger, interrupting, handled = handler
            definition = {**TRIGGERS, **TRIGGERS_OF_ERRORS}[trigger].format(self.id("d"))
            started = self.inside(handled).replace(
                "/>", f' isInterrupting="{str(interrupting).lower()}">{definition}</startEvent>', 1
            )
            inside += f'<subProcess id="{self.id("on")}" triggeredByEvent="true">{started}</subProcess>'
        self.add(f'<subProcess id="{name}">{inside}</subProcess>')
        return name, name

    def _activity(self, kind: str, loop: str | None, boundary: tuple[str, bool, Any] | None) -> tuple[str, str]:
        name = self.id(kind)
        opened = LEAVES[kind].format(name).replace("/>", ">", 1)
        tag = opened[1:].split(" ", 1)[0]
        self.add(f"{opened}{LOOPS[loop] if loop else ''}</{tag}>")
        if boundary is not None:
            trigger, interrupting, handled = boundary
            caught, end = self.id("boundary"), self.node("end", '<endEvent id="{0}"/>')
            definition = {**TRIGGERS, **TRIGGERS_OF_ERRORS}[trigger].format(self.id("d"))
            cancels = str(interrupting or trigger == "error").lower()
            self.add(
                f'<boundaryEvent id="{caught}" attachedToRef="{name}" cancelActivity="{cancels}">'
                f"{definition}</boundaryEvent>"
            )
            way_in, way_out = self.block(handled)
            self.flow(caught, way_in)
            self.flow(way_out, end)
        return name, name

    def _early_end(self, kind: str, body: Any) -> tuple[str, str]:
        """Beside the way through, a branch that ends in an end event of that kind."""
        fork = self.node("fork", '<parallelGateway id="{0}"/>')
        after = self.node("after", '<task id="{0}"/>')
        ends = {"none": "", "terminate": '<terminateEventDefinition id="{0}_d"/>', "error": ERROR, "signal": SIGNAL}
        end = self.node("end", f'<endEvent id="{{0}}">{ends[kind]}</endEvent>')
        way_in, way_out = self.block(body)
        self.flow(fork, way_in)
        self.flow(way_out, end)
        self.flow(fork, after)
        return fork, after


def extended(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    maybe_loop = st.sampled_from([None, None, *LOOPS])
    caught = st.none() | st.tuples(st.sampled_from([*TRIGGERS, *TRIGGERS_OF_ERRORS]), st.booleans(), inner)
    branches = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        st.tuples(st.just("sequence"), inner, inner),
        st.tuples(st.just("gateways"), st.just("parallelGateway"), branches, st.just(False)),
        st.tuples(
            st.just("gateways"), st.sampled_from(["exclusiveGateway", "inclusiveGateway"]), branches, st.booleans()
        ),
        st.tuples(st.just("repeat"), inner),
        st.tuples(st.just("events"), inner, inner),
        st.tuples(st.just("sub"), inner, maybe_loop, caught),
        st.tuples(st.just("activity"), st.sampled_from(ACTIVITIES), maybe_loop, caught),
        st.tuples(st.just("early_end"), st.sampled_from(["none", "terminate", "error", "signal"]), inner),
    )


BLOCKS = st.recursive(st.tuples(st.sampled_from(list(LEAVES))), extended, max_leaves=8)
CHOICES = st.lists(st.integers(0, 1000), min_size=1, max_size=MOST_STEPS)


def drive(twin: Any, choices: list[int]) -> None:
    for choice in choices:
        waits = twin.waits
        if twin.state != "running" or not waits:
            break
        twin.act(waits[choice % len(waits)], choice)


@pytest.mark.parametrize("guided", [False, True], ids=["executable", "guided"])
def test_block_structured_models(twin: Callable[..., Any], guided: bool) -> None:
    @SETTINGS
    @given(BLOCKS, CHOICES)
    def check(block: Any, choices: list[int]) -> None:
        body = Drawing().inside(block)
        played = twin(f'{ROOT}<process id="p" isExecutable="true">{body}</process>{CALLED}', guided=guided)
        drive(played, choices)
        if played.state == "running" and not played.waits:
            # A way that ended early leaves a join without its token; a guided one goes on.
            assert not guided, played.stuck()
            assert all(token.element_id.startswith(("join", "condition", "sub")) for token in played.stuck())

    check()


NODES = {
    **LEAVES,
    "xor": '<exclusiveGateway id="{0}"/>',
    "and": '<parallelGateway id="{0}"/>',
    "or": '<inclusiveGateway id="{0}"/>',
    "events": '<eventBasedGateway id="{0}"/>',
    "start": '<startEvent id="{0}"/>',
    "end": '<endEvent id="{0}"/>',
    "terminate": '<endEvent id="{0}"><terminateEventDefinition id="{0}_d"/></endEvent>',
    "catch": '<intermediateCatchEvent id="{0}"/>',
    "throw": '<intermediateThrowEvent id="{0}"/>',
    "sub": '<subProcess id="{0}"><userTask id="{0}_inner"/></subProcess>',
    "complex": '<complexGateway id="{0}"/>',
    "jump": '<intermediateThrowEvent id="{0}"><linkEventDefinition id="{0}_d" name="A"/></intermediateThrowEvent>',
    "land": '<intermediateCatchEvent id="{0}"><linkEventDefinition id="{0}_d" name="A"/></intermediateCatchEvent>',
    "undo": '<intermediateThrowEvent id="{0}"><compensateEventDefinition id="{0}_d"/></intermediateThrowEvent>',
    "transaction": '<transaction id="{0}"><userTask id="{0}_u"/>'
    '<endEvent id="{0}_e"><cancelEventDefinition id="{0}_d"/></endEvent>'
    '<sequenceFlow id="{0}_f" sourceRef="{0}_u" targetRef="{0}_e"/></transaction>',
    "ad_hoc": '<adHocSubProcess id="{0}"><userTask id="{0}_a"/><userTask id="{0}_b"/></adHocSubProcess>',
    "event_sub": f'<subProcess id="{{0}}" triggeredByEvent="true"><startEvent id="{{0}}_s" isInterrupting="false">'
    f'{SIGNAL}</startEvent><userTask id="{{0}}_u"/></subProcess>',
    "many": f'<userTask id="{{0}}">{LOOPS["parallel"]}</userTask>',
    "again": f'<userTask id="{{0}}">{LOOPS["loop"]}</userTask>',
}


HOSTS = (*ACTIVITIES, "task", "sub", "transaction", "ad_hoc", "many", "again")


@st.composite
def tangles(draw: st.DrawFn) -> str:
    """Any nodes with any flows between them, some with conditions, some boundary events."""
    kinds = draw(st.lists(st.sampled_from(list(NODES)), min_size=2, max_size=10))
    names = [f"{kind}{index}" for index, kind in enumerate(kinds)]
    parts = [NODES[kind].format(name) for kind, name in zip(kinds, names, strict=True)]
    hosts = [name for kind, name in zip(kinds, names, strict=True) if kind in HOSTS]
    for index, host in enumerate(hosts[: draw(st.integers(0, 2))]):
        trigger = draw(st.sampled_from([*TRIGGERS.values(), ERROR, ESCALATION, ""])).format(f"b{index}")
        cancels = draw(st.sampled_from(["true", "false"]))
        parts.append(
            f'<boundaryEvent id="b{index}" attachedToRef="{host}" cancelActivity="{cancels}">{trigger}</boundaryEvent>'
        )
        names.append(f"b{index}")
    flows = st.tuples(st.sampled_from(names), st.sampled_from(names), st.sampled_from(["", "", "x == 1", "x &lt; 2"]))
    for index, (source, target, condition) in enumerate(draw(st.lists(flows, max_size=16))):
        inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        parts.append(f'<sequenceFlow id="f{index}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>')
    return "".join(parts)


@pytest.mark.parametrize("guided", [False, True], ids=["executable", "guided"])
def test_tangles(twin: Callable[..., Any], guided: bool) -> None:
    @SETTINGS
    @given(tangles(), CHOICES)
    def check(body: str, choices: list[int]) -> None:
        played = twin(f'{ROOT}<process id="p" isExecutable="true">{body}</process>{CALLED}', guided=guided)
        drive(played, choices)
        if played.state == "running" and not played.waits:
            assert not guided, played.stuck()
            assert all(token.element_id.startswith(("and", "condition", "ad_hoc")) for token in played.stuck())

    check()
