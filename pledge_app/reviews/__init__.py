"""The level above: its queue, the table of a commune, requests for additions."""
