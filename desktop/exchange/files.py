"""Files on the medium: packages written so that "đã lưu" is true, read with a cap, named for people; key files."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop.exchange.caps import MAX_ATTACHMENT, MAX_FILE
from desktop.exchange.messages import refusal
from desktop.models.errors import EnvironmentTrouble, Refused

SUFFIX = ".sotiendo"

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_RIGHTS = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))
_NAMES = frozenset((errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ))
_NOTHING_WRITTEN = "Chưa ghi được tệp; dữ liệu trong máy còn nguyên, không có tệp dở dang nào được giữ lại."


def trouble(error: OSError, kept: str) -> EnvironmentTrouble:
    """The environment's fault in plain words: DISK_FULL, NO_RIGHTS, FILE_BAD_NAME or MEDIUM_GONE.

    ``kept`` says what was kept.
    """
    if error.errno in _FULL:
        return EnvironmentTrouble("DISK_FULL", f"Ổ đĩa hoặc USB đã đầy. {kept}", "Hãy xóa bớt tệp hoặc chọn nơi khác.")
    if error.errno in _RIGHTS:
        return EnvironmentTrouble(
            "NO_RIGHTS", f"Không có quyền với nơi đã chọn, hoặc USB đang khóa ghi. {kept}",
            "Hãy chọn thư mục khác hoặc mở khóa ghi của USB.",
        )
    if error.errno in _NAMES:
        return EnvironmentTrouble(
            "FILE_BAD_NAME", f"Tên tệp quá dài hoặc có ký tự mà ổ đĩa này không nhận. {kept}", "Hãy đặt tên ngắn hơn.",
        )
    return EnvironmentTrouble(
        "MEDIUM_GONE", f"Không còn thấy thư mục, ổ đĩa hoặc USB, hoặc thiết bị báo lỗi. {kept}",
        "Hãy cắm lại USB, kiểm tra thư mục rồi làm lại.",
    )


def write_file(data: bytes, target: Path, read_back: Callable[[bytes], object]) -> Path:
    """Write a package beside its name, flush it to the medium, read it back, then give it its name.

    Returns the name it got: ``target``, or with "-2", "-3" ... when taken; nothing is ever overwritten. ``read_back``
    gets the bytes as they came back from the medium and raises when they are no good. No half-written file stays,
    except on a medium that is gone. Raises EnvironmentTrouble DISK_FULL, NO_RIGHTS, FILE_BAD_NAME, MEDIUM_GONE,
    MEDIUM_FAULT.
    """
    temporary: Path | None = None
    try:
        temporary = _new_beside(target, data, 0o666)
        _check_back(temporary, data, read_back)
        path = _publish(temporary, target)
        _flush_folder(target.parent)
    except OSError as error:
        raise trouble(error, _NOTHING_WRITTEN) from error
    finally:
        if temporary is not None:
            forget(temporary)
    return path


def write_secret(
    data: bytes, target: Path, kept: str = "Chưa ghi được khóa ký; dữ liệu đang có còn nguyên."
) -> None:
    """Write a file that its owner alone may read, flushed, in a folder made where missing.

    Raises EnvironmentTrouble DISK_FULL, NO_RIGHTS, FILE_BAD_NAME, MEDIUM_GONE, saying what was ``kept``.
    """
    temporary: Path | None = None
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = _new_beside(target, data, 0o600)
        os.replace(temporary, target)
        _flush_folder(target.parent)
    except OSError as error:
        raise trouble(error, kept) from error
    finally:
        if temporary is not None:
            forget(temporary)


def _new_beside(target: Path, data: bytes, mode: int) -> Path:
    """A new file in the same folder with these bytes, on the medium."""
    temporary, handle = _open_new(target.parent, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        forget(temporary)
        raise
    return temporary


def _open_new(folder: Path, mode: int) -> tuple[Path, int]:
    number = 1
    while True:
        path = folder / f".sotiendo-{number}.tam"
        try:
            return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        except FileExistsError:
            # Left by a crash, or another program is writing: never touched.
            number += 1


def _check_back(path: Path, data: bytes, read_back: Callable[[bytes], object]) -> None:
    with path.open("rb") as file:
        if sys.platform == "linux":
            # From the medium, not from memory.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        back = file.read()
    if back != data:
        raise EnvironmentTrouble(
            "MEDIUM_FAULT", f"Đọc lại không giống nội dung đã ghi: USB hoặc ổ đĩa có lỗi. {_NOTHING_WRITTEN}",
            "Hãy ghi ra USB hoặc thư mục khác.",
        )
    read_back(back)


def _publish(temporary: Path, target: Path) -> Path:
    """Give the file its name, or the first free one after it."""
    path, number = target, 1
    while not _take_name(temporary, path):
        number += 1
        path = target.with_name(f"{target.stem}-{number}{target.suffix}")
    return path


def _take_name(temporary: Path, path: Path) -> bool:
    """Whether the name was free and is the file's now."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError:
        # FAT, the file system of most USB sticks, has no links.
        if path.exists():
            return False
        os.rename(temporary, path)
    return True


def _flush_folder(folder: Path) -> None:
    """Make names durable; Windows does so itself and cannot open a folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def forget(path: Path) -> None:
    """Remove a file that was made in vain, as far as the medium is still there."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The medium is gone: the first error says so already.
        return


def put_away(path: Path, folder: Path, data: bytes) -> Path | None:
    """Move a file that holds these bytes into a folder on the same medium, made where missing; its path there.

    Never over another file: "-2", "-3" ... when the name is taken. A file that somebody replaced meanwhile stays where
    it is: None. Raises EnvironmentTrouble NO_RIGHTS, DISK_FULL, FILE_BAD_NAME, MEDIUM_GONE.
    """
    try:
        if path.stat().st_size != len(data):
            return None
        folder.mkdir(exist_ok=True)
        return _settled(_taken_over(path, folder), path, folder / path.name, data)
    except FileNotFoundError:
        # Somebody else has put it away.
        return None
    except OSError as error:
        raise trouble(error, "Nội dung tệp đã nhập xong; chỉ chưa chuyển được tệp khỏi thư mục nhận.") from error


def _taken_over(path: Path, folder: Path) -> Path:
    """The file under a name of ours, where nobody replaces it: what is looked at then is what moves."""
    held, handle = _open_new(folder, 0o600)
    os.close(handle)
    try:
        os.replace(path, held)
    except OSError:
        forget(held)
        raise
    return held


def _settled(held: Path, path: Path, target: Path, data: bytes) -> Path | None:
    """Give a file its new name when it holds these bytes, else the one it had."""
    is_same = False
    try:
        with held.open("rb") as file:
            is_same = file.read(len(data) + 1) == data
    finally:
        placed = _publish(held, target if is_same else path)
        forget(held)
    return placed if is_same else None


def is_folder(path: Path) -> bool:
    """Whether a folder is there. Raises EnvironmentTrouble NO_RIGHTS, FILE_BAD_NAME, MEDIUM_GONE."""
    try:
        return path.is_dir()
    except OSError as error:
        raise trouble(error, _NOTHING_WRITTEN) from error


def read_file(path: Path) -> bytes:
    """The bytes of a package file.

    Raises Refused PKG_TOO_BIG; EnvironmentTrouble FILE_MISSING, FILE_NOT_A_FILE, NO_RIGHTS, MEDIUM_GONE.
    """
    data = _read(path, MAX_FILE, f"Hãy chọn từng tệp có đuôi {SUFFIX}.")
    if len(data) > MAX_FILE:
        raise refusal("PKG_TOO_BIG")
    return data


def read_attachment(path: Path) -> bytes:
    """The bytes of a file to attach to a report.

    Raises Refused ATTACHMENT_TOO_BIG, ATTACHMENT_EMPTY; EnvironmentTrouble as ``read_file``.
    """
    data = _read(path, MAX_ATTACHMENT, "Hãy chọn từng tệp một.")
    if not data:
        raise Refused("ATTACHMENT_EMPTY", f"Tệp “{path.name}” rỗng. Chưa đính kèm gì.", "Hãy chọn đúng tệp.")
    if len(data) > MAX_ATTACHMENT:
        raise Refused(
            "ATTACHMENT_TOO_BIG",
            f"Tệp “{path.name}” lớn hơn {MAX_ATTACHMENT // (1024 * 1024)} MB nên không gửi được. Chưa đính kèm gì.",
            "Hãy giảm cỡ ảnh, nén hoặc chia tệp rồi đính kèm lại.",
        )
    return data


def _read(path: Path, most: int, advice: str) -> bytes:
    """The bytes of a file, one more than ``most`` where it is longer."""
    unchanged = "Không có gì thay đổi."
    try:
        # Looked at before it is opened: opening a pipe would wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise EnvironmentTrouble(
                "FILE_NOT_A_FILE", f"“{path.name}” là thư mục hoặc thiết bị, không phải tệp. {unchanged}", advice,
            )
        with path.open("rb") as file:
            return file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise EnvironmentTrouble(
            "FILE_MISSING", f"Không thấy tệp “{path.name}”. {unchanged}",
            "Hãy kiểm tra lại tên tệp, cắm lại USB nếu cần.",
        ) from error
    except OSError as error:
        raise trouble(error, f"Chưa đọc được tệp “{path.name}”. {unchanged}") from error


def package_name(short: str, period: str, day: date, device_label: str) -> str:
    """A name for people, such as "P-BoDe_2023-Q3_2023-09-14_PC1.sotiendo": ASCII, safe on Windows and on sticks.

    ``short`` is a unit's short name ("P. Bồ Đề", "Phòng VHTT"). The day inside keeps it clear of Windows' reserved
    names (CON, NUL ...), which are whole stems.
    """
    parts = (_unit_part(short), _ascii("-", period, 20), day.isoformat(), _ascii("", device_label, 20))
    return "_".join(part for part in parts if part) + SUFFIX


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[A-Za-z0-9]+", kept)


def _ascii(between: str, text: str, longest: int) -> str:
    return between.join(_words(text))[:longest].strip("-")


def _unit_part(short: str) -> str:
    """The kind of unit, a dash, its name in one word: "P-BoDe"."""
    words = [word[0].upper() + word[1:] for word in _words(short)]
    return "-".join(part for part in (*words[:1], "".join(words[1:])) if part)[:40].strip("-") or "DonVi"
