"""`make bench`: ratios measured in one run, compared with their goals (docs/operations.md)."""
