"""Questions in plain words, answered from the statements of the knowledge."""
