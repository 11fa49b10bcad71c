"""Forms of tasks and start events: fields out of models and variables, and what a person typed back into values."""
