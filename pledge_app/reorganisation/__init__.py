"""Mergers, renames, abolitions: one act across rooms (units, bodies, offices, roles, clusters,
open pledges).
"""
