"""Behind `ltc.money`: currencies, rounding, exact numbers, allocation, amounts."""
