"""The child process: one task with little memory, little time and no network."""
