"""A room of the tests' own, registered as any other: what a new room needs, and nothing more."""
