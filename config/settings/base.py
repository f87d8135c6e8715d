"""Settings common to both processes, as production needs them (placeholder being completed by the foundation)."""
