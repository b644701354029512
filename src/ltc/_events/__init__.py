"""Behind `ltc.events`: changes and lives, transition tables, the record of a store, the converter."""
