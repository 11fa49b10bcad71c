"""`re_`: what was deployed. Written once at deployment; bindings are kept beside the file and may change."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from engine.persistence.tables.metadata import metadata
from engine.persistence.types import Moment, Structure

deployment = Table(
    "re_deployment",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("source", Text),
    Column("deployed_at", Moment, nullable=False, index=True),
    Column("deployed_by", Text),
)

resource = Table(
    "re_resource",
    metadata,
    Column("deployment_id", ForeignKey("re_deployment.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("size", Integer, nullable=False),
)

form = Table(
    "re_form",
    metadata,
    Column("deployment_id", ForeignKey("re_deployment.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("form_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", Text),
)
"""Forms by their id, in versions of their own; `name` is the resource."""
Index("ix_re_form_form_id", form.c.form_id, form.c.version)

process_definition = Table(
    "re_process_definition",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("key", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", Text),
    Column("name", Text),
    Column("deployment_id", ForeignKey("re_deployment.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("resource", Text, nullable=False),
    Column("process_id", Text, nullable=False),
    Column("guided", Boolean, nullable=False),
    Column("dialect", Text, nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("verdict", Structure),
    UniqueConstraint("key", "version"),
)
Index("ix_re_process_definition_latest", process_definition.c.latest, process_definition.c.key)

start_event = Table(
    "re_start_event",
    metadata,
    Column("definition_id", ForeignKey("re_process_definition.id", ondelete="CASCADE"), primary_key=True),
    Column("element_id", Text, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text),
    Column("expression", Text),
    Column("details", Structure),
)
Index("ix_re_start_event_name", start_event.c.kind, start_event.c.name)

starter = Table(
    "re_starter",
    metadata,
    Column("definition_id", ForeignKey("re_process_definition.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("value", Text, primary_key=True),
)

binding = Table(
    "re_binding",
    metadata,
    Column("key", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("target", Text, nullable=False),
    Column("options", Structure, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", Text),
)

revision = Table(
    "re_revision",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
)
"""Counts the changes of what compiled definitions depend on, so that every server sees that its own are out of date."""
