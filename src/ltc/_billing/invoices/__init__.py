"""Invoices 发票: what was billed with tax, what red letters take back, and what becomes of that money."""
