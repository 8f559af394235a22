"""What the operator does: upgrade, backup, restore, verify, the worker and clock, the demo."""
