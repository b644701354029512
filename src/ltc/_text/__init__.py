"""Behind `ltc.text`: checks of strings, locale formats and the catalog of messages."""
