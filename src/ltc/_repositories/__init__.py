"""Behind `ltc.repositories`: the store, and the repositories by process."""
