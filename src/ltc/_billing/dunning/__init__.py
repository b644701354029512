"""Dunning 催收: who is reminded of what on a day, letters, interest and fees."""
