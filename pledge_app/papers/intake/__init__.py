"""What may come in: files that somebody sends are looked at here."""
