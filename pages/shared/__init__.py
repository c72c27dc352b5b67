"""What two rooms share; each file names them in its first line."""
