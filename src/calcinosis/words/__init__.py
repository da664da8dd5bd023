"""Every sentence that a person sees, a folder for each language; a translation is such a folder."""
