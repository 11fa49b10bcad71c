"""What is stored, on SQLite or PostgreSQL: the tables, their migrations, and a repository for each subject."""

from engine.persistence.database import Database, LostRace
from engine.persistence.migrate import migrate

__all__ = ["Database", "LostRace", "migrate"]
