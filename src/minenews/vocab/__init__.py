"""The words: CSV files, one row a word, each with an `example`, and the loader that refuses malformed rows."""
