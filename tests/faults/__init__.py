"""`make faults`: processes are killed, the database is locked, the disk fills; what was
acknowledged must be there.
"""
