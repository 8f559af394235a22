"""The application class and its transaction, refusals, kept texts, language, compression."""
