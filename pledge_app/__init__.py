"""The emulation pledge of communes, from target to signature to report.

It imports nothing, so that a child process enters a pure room without the rest.
"""
