"""The commands: everything that the windows do, from a terminal, by the same code. A command is added by adding a file."""
