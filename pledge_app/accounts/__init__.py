"""Users, their login and sessions, and the dated roles they hold at bodies."""
