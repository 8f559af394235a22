"""From a content to a PDF: templates, fonts, measures, signature cells."""
