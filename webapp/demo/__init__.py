"""What a first look needs: the samples deployed, a login for each group in them, and some weeks of history."""

from webapp.demo.history import tell_history
from webapp.demo.prepare import PASSWORD, Login, prepare

__all__ = ["PASSWORD", "Login", "prepare", "tell_history"]
