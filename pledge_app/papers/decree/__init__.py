"""The checker of Decree 30/2020: what a printed page must look like."""
