"""What somebody should know: rows written with the act, shown at the bell."""
