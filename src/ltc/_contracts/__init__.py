"""Behind `ltc.contracts`: contracts, orders with their lines, fulfillment and amendments."""
