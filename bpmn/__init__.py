"""BPMN documents: read, written, checked."""
