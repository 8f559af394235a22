"""Tables out as XLSX, and tables in from XLSX or CSV."""
