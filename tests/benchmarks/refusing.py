"""Refusing what is damaged, in turn with reading the good file; refusing bombs.

Usage: ``refusing damaged FILE FOLDER ROUNDS`` (an office's folder whose keys open the file), ``refusing bombs FOLDER``
(writes them), ``refusing bomb FILE``.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from desktop.__main__ import OBJECTS_BETWEEN_SEARCHES
from desktop.exchange import container
from desktop.exchange.caps import MAX_PART
from desktop.exchange.container import Entry
from desktop.exchange.envelope import decrypt, encrypt
from desktop.exchange.files import read_file
from desktop.exchange.package import unpack
from desktop.models.errors import Refused
from tests.benchmarks.stamps import now, peak_memory, tell, tell_samples
from tests.exchange.samples import device, parts_of, plain, relisted, with_manifest
from tests.offices import HUB, District

_HIDDEN = 256 * 1024 * 1024
IDENTITY = "identity"
"""The file beside the bombs with the age identity that opens the sealed one."""


def damaged(file: Path, root: Path, rounds: int) -> None:
    """Seconds to read a good file and, in turn, to refuse it with one bit turned: sealed and in the plain zip."""
    district = District(root)
    identities = district.at(HUB).identities()
    data = file.read_bytes()
    bare = decrypt(data, identities)
    good: list[float] = []
    bad: list[float] = []
    bare_good: list[float] = []
    bare_bad: list[float] = []
    for turn in range(rounds):
        share = (turn + 1) / (rounds + 1)
        good.append(_reading(data, identities))
        bad.append(_refusing(_bit_turned(data, share), identities))
        bare_good.append(_reading(bare, ()))
        bare_bad.append(_refusing(_bit_turned(bare, share), ()))
    district.close()
    tell_samples(good=good, bad=bad, bare_good=bare_good, bare_bad=bare_bad)


def _bit_turned(data: bytes, share: float) -> bytes:
    place = int(len(data) * share)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1:]


def _reading(data: bytes, identities: tuple[str, ...]) -> float:
    began = now()
    opened = unpack(data, identities)
    took = now() - began
    if opened.bad_segments:
        raise ValueError(opened.bad_segments)
    return took


def _refusing(data: bytes, identities: tuple[str, ...]) -> float:
    began = now()
    try:
        unpack(data, identities)
    except Refused:
        return now() - began
    raise ValueError("a damaged file was read")


def write_bombs(folder: Path) -> None:
    """Files that would cost memory: one hides its size, one seals that by age, one is all line ends."""
    folder.mkdir(parents=True)
    hidden = container.deflated(f"seg/{'ab' * 16}/1-9.jsonl", bytes(_HIDDEN))
    hides = _package([Entry(hidden.name, hidden.method, hidden.crc, 1000, hidden.packed)])
    ends = [container.deflated(f"seg/{'ab' * 16}/1-{last}.jsonl", b"\n" * MAX_PART) for last in range(1, 8)]
    files = {"hides": hides, "sealed": encrypt(hides, [device(1).recipient]), "line ends": _package(ends)}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / IDENTITY).write_text(device(1).identity, encoding="ascii")
    tell(made=len(files))


def _package(segments: list[Entry]) -> bytes:
    """A plain package of these segments with right hashes and signature."""
    parts = [parts_of()[3], *segments]
    return with_manifest(plain(), relisted(parts), parts, device(0))


def bomb(file: Path) -> None:
    """Seconds to refuse a bomb, and the memory that this took beyond what the process had before."""
    identity = (file.parent / IDENTITY).read_text(encoding="ascii")
    # Everything that reading loads is there before.
    _reading(encrypt(plain(), [device(1).recipient]), (device(1).identity,))
    before = peak_memory()
    began = now()
    try:
        unpack(read_file(file), (identity,))
    except Refused:
        tell(seconds=now() - began, memory=peak_memory() - before)


if __name__ == "__main__":
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
    if sys.argv[1] == "damaged":
        damaged(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
    elif sys.argv[1] == "bombs":
        write_bombs(Path(sys.argv[2]))
    else:
        bomb(Path(sys.argv[2]))
