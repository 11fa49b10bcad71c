"""FEEL, the expression language of DMN and of Camunda 8 (DMN 1.5, chapter 10)."""
