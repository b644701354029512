"""Receipts 收款 and refunds 退款: money that came in, and what goes back."""
