"""The running story of the documentation, ready to try a verb on."""
