"""Behind `ltc.leads`: a lead's life, capture, duplicates, assignment, follow-up, conversion."""
