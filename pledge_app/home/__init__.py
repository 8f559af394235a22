"""Pages that mix rooms: dashboard, search, navigation."""
