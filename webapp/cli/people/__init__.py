"""Who answers while a model runs in the terminal: the person at it, chance, or a file."""

from webapp.cli.people.asked import AskedPerson
from webapp.cli.people.by_chance import RandomPerson
from webapp.cli.people.from_file import PersonFromFile
from webapp.cli.people.person import Answer, Beginning, Person, ServiceJob

__all__ = ["Answer", "AskedPerson", "Beginning", "Person", "PersonFromFile", "RandomPerson", "ServiceJob"]
