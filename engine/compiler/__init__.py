"""From the model to what runs: `compile_process` makes specs, `judge` says beforehand what of a file will run."""

from engine.compiler.compile import compile_process
from engine.compiler.judge import Finding, Verdict, judge
from engine.compiler.starts import StartTrigger, start_triggers

__all__ = ["Finding", "StartTrigger", "Verdict", "compile_process", "judge", "start_triggers"]
