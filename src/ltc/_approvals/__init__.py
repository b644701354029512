"""Behind `ltc.approvals`: flows, requests, and the decisions on them."""
