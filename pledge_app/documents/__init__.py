"""Papers: frozen content to PDF, a content-addressed store, uploads and the paper checker."""
