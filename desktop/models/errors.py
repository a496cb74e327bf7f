"""The three families of error a person can meet, each with a stable code.

A fault of ours is any other exception: it reaches the crash hook, not these classes.
"""

from __future__ import annotations


class SoTienDoError(Exception):
    """An error told to a person in plain Vietnamese.

    ``code`` is stable and is what programs and tests match on, never the text.
    ``message`` says what happened and what was kept; ``advice`` says what to do (may be empty).
    """

    exit_code = 1

    def __init__(self, code: str, message: str, advice: str = "") -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.advice = advice

    @property
    def sentence(self) -> str:
        """Message and advice as one text, without the code."""
        return f"{self.message} {self.advice}".strip()


class Refused(SoTienDoError):
    """What came in (a plan, a package, a code) is not acceptable; nothing was changed. Exit code 1."""

    exit_code = 1


class Mistake(SoTienDoError):
    """A person's slip in a command or a field; told at once, quietly. Exit code 2."""

    exit_code = 2


class EnvironmentTrouble(SoTienDoError):
    """The surroundings fail: disk full, file locked, no rights, newer data, no screen. Exit code 3."""

    exit_code = 3
