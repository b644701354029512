"""Bank lines whose payer is unknown, and their claiming 回款认领."""
