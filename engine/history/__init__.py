"""What happened: past states rebuilt from events, and one instance as a document."""
