"""Terms, schedules and plans 收款计划: which part of a total is due when, and what recurs."""
