"""The errors that minenews raises on purpose. Each message says what is wrong, where, and what to do."""


class MinenewsError(Exception):
    """Base of all errors raised by minenews."""


class InputError(MinenewsError, ValueError):
    """The input cannot be read as a release (not text, too large, undecodable, missing)."""


class VocabularyError(MinenewsError, ValueError):
    """A vocabulary file is malformed; the message names the file, the row and the reason."""
