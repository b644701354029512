"""Behind `ltc.calendars`: months, workdays, countries, local days, working hours and due rules."""
