"""Behind `ltc.scoring`: scorecards."""
