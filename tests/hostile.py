"""Texts that a rule could try again at each place: tests/ reads them, benchmarks/growth.py makes them longer, and measures."""

HOSTILE = {
    "empty": "",
    "blanks": " \n\t" * 20_000,
    "digits": "1234567890" * 6_000,
    "groups": "1,234,567,890," * 4_000,
    "parentheses": "(" * 30_000 + ")" * 30_000,
    "capitals": "ABCDEFGHIJ" * 6_000,
    "capital words": "Brill Metals " * 4_500,
    "dashes": "- " * 30_000,
    "rules": "-----\n" * 10_000,
    "cells": "5,120\n" * 10_000,
    "pipes": "| 5 " * 15_000,
    "dollars": "$1.5 million " * 4_500,
    "periods": "Q2 2021 " * 7_500,
    "intervals": "12.5 m of 3.2 g/t Au from 10 m including " * 1_500,
    "quotes": '"' * 60_000,
    "one line of words": "gold production increased to 5,120 oz at the mine " * 1_200,
    "sentences": "Gold production at the Veta mine rose to 5,120 oz in Q2 2021. " * 1_000,
    "strikes": "Workers at the Veta mine went on strike and production was suspended. " * 900,
    "French": "La société a produit 6 895 onces d’or au deuxième trimestre à l’usine de Québec, une hausse de 18 %. " * 20,
}

PIECES = [
    *(
        "1 ",
        "1,234 ",
        "1.2.",
        "1 to ",
        "five hundred and ",
        "5% (",
        "$1 per ",
        "June ",
        "2017 ",
        "first ",
        "three months ended ",
        "the year ",
    ),
    *("TSX:", "(TSX: A", "under the symbol ", "Gold ", "Hale & ", "Hale Resources (", "Of the ", "Anna Hale, ", "President, ", "P.Geo., "),
    *("the Foo mine ", "in Foo, Peru and ", "the mine is. ", "| 1 |\n", "A\n1\n", "a  1\n", "1\t2\n", "--------------- 1 ", "(1) "),
]
