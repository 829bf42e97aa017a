"""Training, evaluation and export of Mien's expression networks."""
