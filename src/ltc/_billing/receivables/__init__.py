"""Receivables 应收: what a customer owes, what lowers it without money, what stops its dunning."""
