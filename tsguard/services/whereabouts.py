"""Where a vault lies, as far as that matters: a synchronised folder, the network, a stick, the bin.

Nothing is forbidden by it. Pure functions over a path, the environment and the table of mounts; only
``notice`` looks at the computer. It must not raise, and must not wait for a network drive: it reads tables
and asks for markers by name, never the vault.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from tsguard.i18n import _


class Place(StrEnum):
    """What kind of place it is."""

    CLOUD = "cloud"
    NETWORK = "network"
    REMOVABLE = "removable"
    TEMPORARY = "temporary"
    BIN = "bin"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place that one should know something about.

    Attributes:
        place: What it is.
        service: For a folder kept in step, by what: a product's name.
    """

    place: Place
    service: str = ""


@dataclass(frozen=True, slots=True)
class Mount:
    r"""One line of the table of mounts, or one drive.

    Attributes:
        point: Where it is mounted; a drive such as ``D:\``.
        kind: The file system's type as the system calls it.
        source: What is mounted.
        removable: Whether it can be pulled out.
    """

    point: str
    kind: str
    source: str = ""
    removable: bool = False


Marked = Callable[[PurePath, str], bool]
"""Whether a folder holds something of that name."""

# By the name of a folder on the way. Case does not matter; the whole name has to fit.
_SERVICES: tuple[tuple[str, str], ...] = (
    ("OneDrive", r"onedrive( ?- ?.+)?|skydrive"),
    ("坚果云", r"坚果云|我的坚果云|nutstore( files)?|\.?nutstore"),
    ("百度网盘", r"百度网盘.*|baidusyncdisk|baidunetdisk(workspace|download)?|baiduyun"),
    ("WPS云盘", r"wps ?云盘|wps ?云文档|wpsdrive|wps ?cloud ?files"),
    ("腾讯微云", r"腾讯微云|微云(同步盘|同步助手)?|weiyun.*"),
    ("阿里云盘", r"阿里云盘|aliyundrive|alipan|adrive"),
    ("钉钉", r"钉钉(云盘|文件)?|dingtalk.*|dingding"),
    ("企业微信", r"企业微信|wxwork( files)?|wecom"),
    ("飞书", r"飞书|feishu|larkshell"),
    ("天翼云盘", r"天翼云盘.*|ecloud"),
    ("夸克网盘", r"夸克网盘|quarkclouddrive"),
    ("Dropbox", r"dropbox( \(.+\))?"),
    ("Google云端硬盘", r"google ?drive|googledrive-.+|我的云端硬盘"),
    ("iCloud云盘", r"icloud ?drive|icloud云盘|com~apple~clouddocs"),
    ("Nextcloud", r"nextcloud\d*"),
    ("ownCloud", r"owncloud"),
    ("Seafile", r"seafile|seadrive"),
    ("Syncthing", r"syncthing"),
)
_NAMES = tuple((service, re.compile(pattern, re.IGNORECASE)) for service, pattern in _SERVICES)
_MARKERS = (
    (".stfolder", "Syncthing"),
    (".seafile-data", "Seafile"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".tmp.driveupload", "Google云端硬盘"),
    (".nutstore", "坚果云"),
)
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_TEMPORARY = ("TEMP", "TMP", "TMPDIR")
_BINS = re.compile(r"\$recycle\.bin|recycler|recycled|\.trash(-\d+|es)?", re.IGNORECASE)
_NETWORK_KINDS = re.compile(
    r"(nfs\d?|cifs|smb\d?|smbfs|9p|afs|afpfs|ncpfs|coda|davfs2?|webdav|ceph|glusterfs|lustre|vboxsf"
    r"|fuse\.(sshfs|davfs2?|glusterfs|gvfsd-fuse|vmhgfs-fuse|smbnetfs|curlftpfs|s3fs))",
    re.IGNORECASE,
)
_CLOUD_KINDS = re.compile(r"fuse\.(rclone|onedriver|google-drive-ocamlfuse|seadrive)|rclone", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]?")
_WINDOWS_REMOVABLE, _WINDOWS_NETWORK = 2, 4


def recognise(
    path: PurePath,
    environment: Mapping[str, str],
    mounts: Sequence[Mount],
    marked: Marked = lambda _folder, _name: False,
    temporary: str = "",
) -> Whereabouts | None:
    """What should be known about a place; None where it is an ordinary one.

    Args:
        path: A file, absolute; of Windows or of another system by its type.
        environment: The process's.
        mounts: What is mounted where.
        marked: Looks for a marker in a folder on the way.
        temporary: The system's temporary folder.
    """
    if any(_BINS.fullmatch(part) for part in path.parts) or "/share/Trash/" in path.as_posix():
        return Whereabouts(Place.BIN)
    if service := _service(path, environment, marked):
        return Whereabouts(Place.CLOUD, service)
    if any(_inside(path, each) for each in (temporary, *map(environment.get, _TEMPORARY))):
        return Whereabouts(Place.TEMPORARY)
    mount = _mount_of(path, mounts)
    if mount is not None and (found := _CLOUD_KINDS.fullmatch(mount.kind)):
        return Whereabouts(Place.CLOUD, found[0].rpartition(".")[2])
    if _shared(path) or (mount is not None and _over_network(mount)):
        return Whereabouts(Place.NETWORK)
    if mount is not None and mount.removable:
        return Whereabouts(Place.REMOVABLE)
    return None


def _service(path: PurePath, environment: Mapping[str, str], marked: Marked) -> str:
    if any(_inside(path, environment.get(name)) for name in _ONEDRIVE):
        return "OneDrive"
    for part in path.parts[1:-1]:
        for service, name in _NAMES:
            if name.fullmatch(part):
                return service
    for folder in path.parents:
        for marker, service in _MARKERS:
            if marked(folder, marker):
                return service
    return ""


def _inside(path: PurePath, folder: str | None) -> bool:
    if not folder:
        return False
    outer = type(path)(folder)
    # A drive or the root as a whole says nothing.
    return len(outer.parts) > 1 and path.is_relative_to(outer)


def _shared(path: PurePath) -> bool:
    drive = path.drive.replace("/", "\\")
    if drive.upper().startswith("\\\\?\\UNC\\"):
        return True
    return drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\"))


def _mount_of(path: PurePath, mounts: Sequence[Mount]) -> Mount | None:
    """The innermost mount; of two at one place the later one lies over the other."""
    best: Mount | None = None
    for mount in mounts:
        point = type(path)(mount.point)
        if path.is_relative_to(point) and (
            best is None or len(point.parts) >= len(type(path)(best.point).parts)
        ):
            best = mount
    return best


def _over_network(mount: Mount) -> bool:
    # Windows' own drives, seen from Linux inside Windows, are of the same type.
    local = mount.kind == "9p" and (_DRIVE.fullmatch(mount.source) or mount.source in {"drvfs", "rootfs"})
    return bool(_NETWORK_KINDS.fullmatch(mount.kind)) and not local


def parsed_mounts(table: str, removable: Callable[[str], bool] = lambda _device: False) -> tuple[Mount, ...]:
    """The mounts of ``/proc/self/mountinfo``; lines of another shape are left out.

    Args:
        table: The file's text.
        removable: Tells of a device, as ``8:1``, whether it can be pulled out.
    """
    found = []
    for line in table.splitlines():
        before, dash, after = line.partition(" - ")
        fields, rest = before.split(" "), after.split(" ")
        if dash and len(fields) > 4 and len(rest) > 1:
            point, source = (_unescaped(each) for each in (fields[4], rest[1]))
            found.append(Mount(point, rest[0], source, removable(fields[2])))
    return tuple(found)


def _unescaped(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), field)


def sentence(found: Whereabouts) -> str:
    """What it means and what to do, one or two sentences."""
    if found.place is Place.CLOUD:
        return _(
            "保险库放在{service}的同步文件夹里：加密的文件会传到网上，两台电脑同时改动时会各留一份。"
            "只在一台电脑上打开，改完等同步结束；不想上传就移到别的文件夹。"
        ).format(service=found.service)
    return {
        Place.NETWORK: _(
            "保险库放在网络位置上：断网时存不进去，别人也可能同时打开。建议放在本机硬盘上，备份再放到网络位置。"
        ),
        Place.REMOVABLE: _(
            "保险库放在移动存储上：拔出之前请先锁定。建议平时放在本机硬盘上，移动存储用来放备份。"
        ),
        Place.TEMPORARY: _("保险库放在临时文件夹里：系统清理时可能删掉它。请移到“文档”等平时用的文件夹。"),
        Place.BIN: _("保险库在回收站里：清空回收站就没有了。请先把它还原到平时用的文件夹。"),
        Place.CLOUD: "",
    }[found.place]


# --- this computer ------------------------------------------------------------------------------------


def notice(path: Path) -> Whereabouts | None:
    """What should be known about the place of a vault on this computer; None for nothing."""
    try:
        # A link's place says nothing about where the bytes are.
        real = Path(os.path.realpath(path))
        return recognise(real, os.environ, _mounts(real), _marked, tempfile.gettempdir())
    except (OSError, ValueError, RuntimeError):
        return None


def _marked(folder: PurePath, name: str) -> bool:
    return os.path.lexists(os.path.join(folder, name))  # noqa: PTH118 - a pure path has no ``exists``


def _mounts(path: Path) -> tuple[Mount, ...]:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there

        drive = path.drive.removeprefix("\\\\?\\")
        if not _DRIVE.fullmatch(drive):
            return ()
        root = path.drive + "\\"
        kind = ctypes.windll.kernel32.GetDriveTypeW(drive + "\\")
        return (Mount(root, "smb" if kind == _WINDOWS_NETWORK else "", "", kind == _WINDOWS_REMOVABLE),)
    try:
        table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ()
    return parsed_mounts(table, _can_be_pulled_out)


def _can_be_pulled_out(device: str) -> bool:
    """Whether a block device is removable, or hangs on USB."""
    place = f"/sys/dev/block/{device}"
    if not re.fullmatch(r"\d+:\d+", device) or not os.path.exists(place):  # noqa: PTH110 - a name only
        return False
    where = os.path.realpath(place)
    if "/usb" in where:
        return True
    for folder in (where, os.path.dirname(where)):  # noqa: PTH120 - a partition's disk is the folder above
        with contextlib.suppress(OSError):
            if Path(folder, "removable").read_text(encoding="ascii").strip() == "1":
                return True
    return False
