"""From a content to a DOCX."""
