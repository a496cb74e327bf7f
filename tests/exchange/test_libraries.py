"""The lazy loader of cryptography: its sizes are the libraries' own, and opening a folder loads neither library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from desktop.exchange import libraries


def test_sizes_are_those_of_the_library() -> None:
    assert libraries.SALT_SIZE == argon2id.SALTBYTES
    assert libraries.LEAST_MEMORY == argon2id.MEMLIMIT_MIN
    assert libraries.NONCE_SIZE == SecretBox.NONCE_SIZE
    assert libraries._KEY_SIZE == SecretBox.KEY_SIZE == SecretBox(bytes(32)).KEY_SIZE


def test_a_box_opens_with_its_key_alone() -> None:
    box = libraries.lock(bytes(32), "bí mật".encode(), bytes(24))
    assert libraries.unlock(bytes(32), box) == "bí mật".encode()
    assert libraries.unlock(bytes([1] * 32), box) is None
    assert libraries.unlock(bytes(32), box[:-1] + bytes([box[-1] ^ 1])) is None


def test_opening_a_folder_loads_no_cryptography(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from desktop.cli.main import environment;"
        "from desktop.services.workspace import open_workspace;"
        "open_workspace(environment(), Path(sys.argv[1])).close(); print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert not {"nacl", "pyrage", "_cffi_backend"} & set(ran.stdout.split())
