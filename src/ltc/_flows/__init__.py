"""Behind `ltc.flows`: use cases that touch several processes."""
