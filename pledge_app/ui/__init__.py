"""What every page is made of: forms, fields, filters, paging, the application class."""
