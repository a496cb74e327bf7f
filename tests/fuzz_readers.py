"""Plan files damaged at random: a plan, a finding or a refusal in plain words, never anything else.

``python -m tests.fuzz_readers --seconds 600`` runs as long as wanted and prints the seed of what went wrong; the suite
runs some hundred damages of fixed seeds.
"""

from __future__ import annotations

import argparse
import io
import re
import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from desktop.importers.checks.damage import NO_DAMAGE
from desktop.importers.files.sources import open_source
from desktop.importers.printed_plan import PrintedPlan
from desktop.models.errors import SoTienDoError
from desktop.models.units import UnitTree

FILES = Path(__file__).parent / "importers" / "files"
_PIECES = (
    *(b"<", b">", b"&", b"&amp;", b"&#0;", b"&#xD800;", b"]]>", b"<!DOCTYPE a>", b"<![CDATA["),
    *(b'<row r="-1">', b'<c r="ZZZZ9">', b'r="A0"', b'"', b't="s"', b"1e999", b"<v>99999999</v>"),
    *(b"\x00", b"\xff\xfe", b"\xe2\x80\xae"),
)


_TAG = re.compile(rb"<[^<>]+/?>")
_VALUE = re.compile(rb'="[^"]*"')
_VALUES = (b"", b"0", b"-1", b"1", b"2147483648", b"9" * 30, b"1e309", b"NaN", b"true", b"A1:XFD1048576", b"..", b"x")


def read(data: bytes, ending: str) -> str:
    """How many rows were read, or the code of the refusal."""
    try:
        source = open_source(data, ending)
        plan = PrintedPlan(source.table(""), source.doubts).read(UnitTree(), NO_DAMAGE)
    except SoTienDoError as error:
        return error.code
    return f"{len(plan.nodes)} rows"


def damaged(path: Path, random: Random) -> bytes:
    """A file with bytes changed as they lie, or with the text of one of its parts changed and packed again."""
    data = path.read_bytes()
    return _bytes_changed(data, random, random.randint(1, 8)) if random.random() < 0.3 else _part_changed(data, random)


def _bytes_changed(data: bytes, random: Random, times: int) -> bytes:
    changed = bytearray(data)
    for _ in range(times):
        at = random.randrange(len(changed))
        match random.randrange(4):
            case 0:
                changed[at] ^= 1 << random.randrange(8)
            case 1:
                del changed[at : at + random.randint(1, 200)]
            case 2:
                changed[at:at] = random.choice(_PIECES)
            case _:
                other = random.randrange(len(changed))
                changed[at : at + 60] = changed[other : other + 60]
        if not changed:
            return b""
    return bytes(changed)


def _part_changed(data: bytes, random: Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        hit = random.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            part = before.read(name)
            change = _tags_changed if random.random() < 0.7 else _bytes_changed
            after.writestr(name, change(part, random, random.randint(1, 5)) if name == hit else part)
    return packed.getvalue()


def _tags_changed(part: bytes, random: Random, times: int) -> bytes:
    """Values of attributes put in, single tags left out or doubled: what remains is often well-formed."""
    for _ in range(times):
        found = list((_VALUE if random.random() < 0.7 else _TAG).finditer(part))
        if not found:
            return part
        one = random.choice(found)
        if one[0].startswith(b"="):
            new = b'="%s"' % random.choice(_VALUES)
        else:
            new = one[0] * 2 if one[0].endswith(b"/>") and random.random() < 0.5 else b""
        part = part[: one.start()] + new + part[one.end():]
    return part


def runs(first: int) -> Iterator[tuple[int, Path]]:
    """Seeds from one on, each with the file it damages."""
    files = sorted(FILES.glob("*.*x"))
    seed = first
    while True:
        yield seed, files[seed % len(files)]
        seed += 1


def main() -> int:
    """Damage files until the time is up; 1 when anything but a plan or a refusal came of one."""
    parser = argparse.ArgumentParser(description="Đọc các tệp kế hoạch bị hỏng ngẫu nhiên")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--megabytes", type=int, default=700, help="bộ nhớ nhiều nhất được dùng")
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (asked.megabytes << 20, asked.megabytes << 20))
    found: dict[str, int] = {}
    end, count, slowest = time.monotonic() + asked.seconds, 0, 0.0
    for seed, path in runs(asked.seed):
        began = time.monotonic()
        if began > end:
            break
        answer = ""
        try:
            answer = read(damaged(path, Random(seed)), path.suffix)
        finally:
            if not answer:
                sys.stdout.write(f"seed {seed}, {path.name}\n")
        slowest = max(slowest, time.monotonic() - began)
        found[answer.partition(" ")[2] or answer] = found.get(answer.partition(" ")[2] or answer, 0) + 1
        count += 1
    sys.stdout.write(f"{count} files, slowest {slowest:.2f} s: {dict(sorted(found.items()))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
