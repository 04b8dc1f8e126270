"""`python -m minenews` is the `minenews` command."""

from minenews.cli import app

app(prog_name="minenews")
