"""Tools for language models, over the Model Context Protocol: they quote the knowledge, and write nothing."""
