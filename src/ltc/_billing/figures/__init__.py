"""Figures as of any day: ages, days of sales, movements, statements, expected cash, provisions."""
