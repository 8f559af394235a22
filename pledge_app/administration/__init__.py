"""Pages of the administrator: bodies, offices, clusters, legal bases. The verbs live in the
rooms they belong to.
"""
