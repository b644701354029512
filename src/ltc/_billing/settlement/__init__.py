"""Settlement 核销: receipts, debts and payables meet receivables, and part again."""
