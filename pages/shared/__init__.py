"""What two rooms draw; each file names them in its first line."""
