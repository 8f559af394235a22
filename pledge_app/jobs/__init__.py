"""Background work: a row in the same transaction as what asks for it, done by `flask work`."""
