"""Foreign bytes are looked at, and papers made, in a child process: little memory, little time, no
network, nothing of the disk but the program.

It knows neither papers nor sheets: a room that has such work names a pure module of its own.
"""
