"""The emulation year: guidance, deadlines, assigned figures, four campaigns with their
anniversaries.
"""
