"""Lead to cash."""
