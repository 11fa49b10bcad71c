"""Business rule task (BPMN 2.0, 10.3.3): a decision taken by a program; bound like a service task."""

from __future__ import annotations

from engine.elements.service_task import ServiceTask


class BusinessRuleTask(ServiceTask):
    """Decisions in DMN are not evaluated here yet: the decision is a job or a person's."""
