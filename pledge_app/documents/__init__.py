"""Papers: frozen content to PDF, a content-addressed store, uploads and the checker. No database, no flask."""
