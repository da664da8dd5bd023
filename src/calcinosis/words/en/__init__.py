"""The words in English: constants, and functions where a sentence needs grammar; no medicine, no decision."""
