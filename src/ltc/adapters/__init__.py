"""Implementations of `ltc.repositories`: `memory` (the reference) and `sql` (SQLite embedded, PostgreSQL)."""
