"""Runs one command as a whole process and tells its wall time, its processor time and its peak memory.

A launcher of its own because Linux counts into a child's peak what its parent held before exec, and this one holds
next to nothing. Usage: ``launch.py COMMAND ARGUMENT...``; the command's output is thrown away.
"""

from __future__ import annotations

import os
import sys
import time


def main(command: list[str]) -> int:
    """Run, then tell; the exit code of the command."""
    nothing = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, nothing, 0), (os.POSIX_SPAWN_DUP2, nothing, 1)]
    began = time.monotonic()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - began
    processor, memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    sys.stdout.write(f'{{"wall": {wall:.6f}, "cpu": {processor:.6f}, "memory": {memory:.3f}}}\n')
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
