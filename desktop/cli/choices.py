"""What a person chose on the command line for the reading of a plan file."""

from __future__ import annotations

import argparse

from desktop.services.plan.reading import ReadChoices

_AS_IT_STANDS = "none"


def read_choices(arguments: argparse.Namespace) -> ReadChoices:
    """The choices of ``plan read`` and ``plan import``."""
    legacy = arguments.legacy or ""
    return ReadChoices(table=arguments.table or "", legacy="unicode" if legacy == _AS_IT_STANDS else legacy)
