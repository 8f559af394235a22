"""A unit's pledge of one year: targets, measures, sign-off inside the commune, review above it."""
