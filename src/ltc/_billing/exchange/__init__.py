"""Exchange rates, and what a settlement across currencies went by."""
