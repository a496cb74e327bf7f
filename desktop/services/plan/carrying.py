"""*Chuyển tiếp*: rows of last year's plan that stand in sections of their own, which no file of the new plan prints."""

from __future__ import annotations

from desktop.services.records import Body, text_of

TASKS, INDICATORS = "chuyen-tiep", "chi-tieu-chuyen-tiep"
"""Paths of the sections that hold what is carried over: nhiệm vụ and chỉ tiêu are counted apart."""


def is_carried(body: Body) -> bool:
    """Whether a row was carried over, or is a section that holds such rows."""
    return text_of(body.get("path")).partition("/")[0] in (TASKS, INDICATORS)
