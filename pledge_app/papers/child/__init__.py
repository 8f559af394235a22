"""What a child process does for papers and for files that somebody sent."""
