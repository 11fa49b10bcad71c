"""Python: expressions through an evaluator of its own over the syntax tree, scripts in a sandboxed interpreter."""
