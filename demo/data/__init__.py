"""What the demo is made of, as tables and texts; nothing in here does anything."""
