"""Install the Linux libraries that Qt needs where that is allowed, or say in one line what to run.

``--tests``: also what only the tests need, a screen and a C compiler.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

# Debian 12 and later name these packages so; other systems are told the list.
QT = (
    "libglib2.0-0 libatomic1 libgssapi-krb5-2 libegl1 libgl1 libfontconfig1 libdbus-1-3 libxkbcommon0 "
    "libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 "
    "libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1"
).split()
SCREEN = ["xvfb", "xdotool", "xauth"]
COMPILER = ["gcc", "libc6-dev"]
# One library of each package that a bare system lacks; dlopen tells whether it is there.
PROBES = (
    "libglib-2.0.so.0", "libatomic.so.1", "libgssapi_krb5.so.2", "libEGL.so.1", "libGL.so.1", "libfontconfig.so.1",
    "libdbus-1.so.3", "libxkbcommon.so.0", "libxkbcommon-x11.so.0", "libX11-xcb.so.1", "libxcb-cursor.so.0",
    "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1", "libxcb-randr.so.0", "libxcb-render-util.so.0",
    "libxcb-render.so.0", "libxcb-shape.so.0", "libxcb-shm.so.0", "libxcb-sync.so.1", "libxcb-util.so.1",
    "libxcb-xfixes.so.0", "libxcb-xkb.so.1",
)


def main(arguments: list[str]) -> int:
    """Exit 0 when everything is there (now), 3 when a person must install it."""
    if sys.platform != "linux":
        return 0
    wanted = [] if all(_loads(name) for name in PROBES) else list(QT)
    if "--tests" in arguments:
        wanted += SCREEN if not (shutil.which("Xvfb") and shutil.which("xdotool")) else []
        wanted += COMPILER if not _compiles() else []
    if not wanted:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get") and _install(wanted):
        return 0
    sys.stderr.write(f"Thiếu thư viện hệ thống. Hãy chạy: sudo apt-get install -y {' '.join(wanted)}\n")
    return 3


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _compiles() -> bool:
    """Whether a C compiler is there, and the C library's headers with it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    program = ["-x", "c", "-fsyntax-only", "-"]
    return compiler is not None and not subprocess.run(
        [compiler, *program], input=b"#include <stdlib.h>\n", stderr=subprocess.DEVNULL, check=False
    ).returncode


def _install(packages: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
