"""What every room stands on: tables, actors, lifecycles, errors, clock, text, numbers, canonical
JSON.
"""
