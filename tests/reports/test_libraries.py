"""reportlab and openpyxl are loaded when a sheet is made, not before."""

from __future__ import annotations

import subprocess
import sys

LOOK = """
import sys
import desktop.reports.consolidated, desktop.reports.workbooks
print(sorted({"reportlab", "openpyxl"} & sys.modules.keys()))
"""


def test_the_start_of_the_program_does_not_pay() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
