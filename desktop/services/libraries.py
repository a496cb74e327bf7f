"""Named lazy loaders: keys, signatures and own logs, which nobody needs who only reads a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from desktop.exchange.authority import SignedEntry
    from desktop.exchange.keys import KeyFolder
    from desktop.exchange.segments import LogName
    from desktop.models.facts import Content
    from desktop.services.workspace import Workspace
    from desktop.store.journal import FactRow


def key_folder(folder: Path, passphrase: Callable[[bool], str], random: Callable[[int], bytes]) -> KeyFolder:
    """The secrets of this user."""
    from desktop.exchange.keys import KeyFolder

    return KeyFolder(folder, passphrase, random)


def entries(ws: Workspace) -> tuple[SignedEntry, ...]:
    """The whole authority set held for a plan."""
    from desktop.services.traffic import own_logs

    return own_logs.entries(ws)


def add_entry(ws: Workspace, entry: SignedEntry) -> None:
    """Hold one more authority entry."""
    from desktop.services.traffic import own_logs

    own_logs.add_entry(ws, entry)


def own_log(ws: Workspace, audience: str) -> LogName:
    """The log this machine writes for an audience."""
    from desktop.services.traffic import own_logs

    return own_logs.own_log(ws, audience)


def append(ws: Workspace, audience: str, contents: Sequence[Content]) -> tuple[FactRow, ...]:
    """Append facts to an own log and project them."""
    from desktop.services.traffic import own_logs

    return own_logs.append(ws, audience, contents)


def judge_anew(ws: Workspace) -> None:
    """Judge every fact of the folder under what the program knows now."""
    from desktop.services.traffic import intake

    intake.judge_anew(ws)


def identities(ws: Workspace) -> tuple[str, ...]:
    """The age identities that open files sent to this machine."""
    from desktop.services.traffic import own_keys

    return own_keys.identities(ws)
