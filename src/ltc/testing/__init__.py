"""Shipped to users: samples of the running story, builders, contract suites for adapters."""
