"""Deposits 保证金 and guarantees 保函: money that is due back, apart from trade."""
