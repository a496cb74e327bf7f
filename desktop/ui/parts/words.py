"""Days, clock times and figures as an office writes them."""

from __future__ import annotations

from datetime import date, datetime

PRIVACY = "Không nhập dữ liệu cá nhân của người dân, nội dung mật"
"""Beside every free text (Luật 91/2025/QH15)."""


def day_words(day: date) -> str:
    """08/9/2023, 14/02/2023: days below 10 and months 1 and 2 with a zero (NĐ 30/2020, Phụ lục I)."""
    return f"{short_day_words(day)}/{day.year}"


def short_day_words(day: date) -> str:
    """A day without its year: 15/9, 08/02."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}"


def clock_words(moment: datetime) -> str:
    """Hours and minutes: 09:41."""
    return f"{moment:%H:%M}"
