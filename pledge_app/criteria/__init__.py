"""Versioned sets of criteria. A published set is never changed."""
