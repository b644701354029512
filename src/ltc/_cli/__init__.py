"""What the commands do behind the command line: a module a command, loaded when it is run."""
