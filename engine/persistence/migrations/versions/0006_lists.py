"""Indexes for the lists of instances, incidents and tokens that owners and operators look through."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    instance = "ru_process_instance"
    op.drop_index("ix_ru_process_instance_definition_id", instance)
    op.create_index("ix_ru_process_instance_definition_id", instance, ["definition_id", "state", "started_at"])
    op.create_index("ix_ru_process_instance_parent_id", instance, ["parent_id"])
    op.create_index("ix_ru_process_instance_state", instance, ["state", "started_at", "id"])
    op.create_index("ix_ru_process_instance_ended", instance, ["ended_at", "id"])
    op.create_index("ix_ru_process_instance_started_by", instance, ["started_by", "started_at", "id"])
    op.create_index("ix_ru_process_instance_reference", instance, [sa.text("coalesce(business_key, '')"), "id"])
    op.create_index("ix_ru_node_element_id", "ru_node", ["element_id", "root_id"])
    op.create_index("ix_ru_incident_cause", "ru_incident", ["code", "element_id"])
