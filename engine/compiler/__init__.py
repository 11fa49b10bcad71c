"""From the model to what runs: `compile_process` makes specs, `judge` says beforehand what of a file will run."""

from engine.compiler.compile import compile_process
from engine.compiler.judge import Finding, Verdict, judge

__all__ = ["Finding", "Verdict", "compile_process", "judge"]
