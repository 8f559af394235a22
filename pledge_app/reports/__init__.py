"""Reads across rooms: summaries and charts."""
