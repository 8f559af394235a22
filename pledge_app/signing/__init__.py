"""Signing rounds: the parties' steps on one frozen document, by whatever means each of them
signs.
"""
