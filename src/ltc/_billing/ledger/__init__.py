"""The double entries of every event, what exchange rates gain or lose, and the export to Beancount."""
