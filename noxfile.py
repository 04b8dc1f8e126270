"""The project's checks: `nox` runs all of them, `nox -s tests` one, each in an environment of its own."""

from __future__ import annotations

import nox

nox.options.sessions = ["lint", "types", "imports", "tests", "docs"]
nox.options.reuse_existing_virtualenvs = True

PYTHONS = ["3.11", "3.12", "3.13"]


@nox.session
def lint(session: nox.Session) -> None:
    """Style, names, imports and layout of the code."""
    session.install("ruff>=0.8")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Types, strictly."""
    session.install(".", "mypy>=1.13")
    session.run("mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """The folder order is the order of the line: imports only point left."""
    session.install(".", "import-linter>=2.1")
    session.run("lint-imports")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """All tests; arguments after `--` go to pytest."""
    session.install(".[test]")
    session.run("pytest", *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """The page of a folder of results in a real browser: Debian's package `chromium`, or the program that CHROMIUM names."""
    session.install(".[browser]")
    session.run("pytest", "tests/browser_report.py", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; its snippets are run by tests/test_docs.py."""
    session.install(".[docs]")
    session.run("mkdocs", "build", "--strict")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Speed, memory and start-up beside the building blocks; arguments go to benchmarks/speed.py."""
    session.install(".")
    session.run("python", "benchmarks/speed.py", *session.posargs)


@nox.session
def accuracy(session: nox.Session) -> None:
    """Scores on corpus/ and on every further folder of releases and goldens given after `--`."""
    session.install(".")
    session.run("python", "benchmarks/accuracy.py", *session.posargs)
