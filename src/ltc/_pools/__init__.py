"""Behind `ltc.pools`: the policy and its clocks, quotas of claims, who may claim."""
