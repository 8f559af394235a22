"""Shapes of the contents of papers, and the check that a content has its shape."""
