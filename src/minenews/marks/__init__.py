"""Marks: companies, people, places, assets, quantities, periods and words, each with its place in the text."""
