"""Packages that a fuzzer chooses: opened or refused with a code of the table, never anything else, in bounded memory.

``python -m tests.fuzz_packages --seconds 600`` lets atheris (Linux; coverage of ``desktop`` guides it) look for what
breaks the reader, intake or the first screens, beginning with the kept inputs; what fails is written to
``build/fuzz/crash-...`` and tried again by ``--again FILE``. ``--keep`` adds inputs that reach something new to those
kept. The suite tries the kept ones and some hundred of fixed seeds (tests/corpus/test_fuzzing.py).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["desktop"]):
    from tests.corpus import fuzzing
    from tests.offices import WARD, District

def main() -> int:
    """Fuzz until time or runs are up; atheris ends the process, with 1 or more when something broke."""
    parser = argparse.ArgumentParser(description="Đọc các gói do máy dò lỗi bịa ra")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=-1, help="số lần thử nhiều nhất")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--megabytes", type=int, default=700, help="bộ nhớ nhiều nhất được dùng")
    parser.add_argument("--keep", action="store_true", help="giữ các mẫu đi tới chỗ mới vào kho mẫu của bộ thử")
    parser.add_argument("--again", type=Path, help="thử lại một mẫu đã làm hỏng")
    parser.add_argument("--out", type=Path, default=Path("build") / "fuzz", help="nơi ghi các mẫu tìm được")
    asked = parser.parse_args()
    district = District(Path(tempfile.mkdtemp()))
    district.found(WARD)
    kit = fuzzing.kit_of(district)
    if asked.again is not None:
        sys.stdout.write(fuzzing.tried(kit, asked.again.read_bytes()) + "\n")
        return 0
    found = asked.out / "found"
    found.mkdir(parents=True, exist_ok=True)
    into, *others = (fuzzing.KEPT, found) if asked.keep else (found, fuzzing.KEPT)
    atheris.Setup(
        [
            sys.argv[0], f"-max_total_time={asked.seconds}", f"-runs={asked.runs}", f"-seed={asked.seed}",
            f"-rss_limit_mb={asked.megabytes}", "-timeout=20", "-max_len=400", "-len_control=0",
            f"-artifact_prefix={asked.out}/", "-print_final_stats=1", f"-merge={int(asked.keep)}", str(into),
            *map(str, others),
        ],
        lambda data: _try(kit, data),
    )
    atheris.Fuzz()
    return 0


def _try(kit: fuzzing.Kit, data: bytes) -> None:
    fuzzing.tried(kit, data)


if __name__ == "__main__":
    sys.exit(main())
