"""The bench and its short models, for tests that drive the engine by commands."""

import sys
from pathlib import Path

# Tests are imported by path, so a module beside them is found only when its folder is known.
sys.path.insert(0, str(Path(__file__).parent.parent / "commands"))

from bench import bench, billing, clock

__all__ = ["bench", "billing", "clock"]
