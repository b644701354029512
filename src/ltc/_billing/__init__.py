"""Behind `ltc.billing`: terms and plans, receivables, receipts and their application, invoices and red letters, refunds, aging."""
