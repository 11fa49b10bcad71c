"""From the model to what runs: `compile_process` makes specs, `judge` says beforehand what of a file will run."""

from engine.compiler.compile import compile_process

__all__ = ["compile_process"]
