"""The adapter to SpiffWorkflow: its Task, TaskSpec, process spec and workflow, subclassed."""
