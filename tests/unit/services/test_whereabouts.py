"""Where a vault lies: worked examples of paths, environments and mount tables."""

from __future__ import annotations

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.windows import windows_only

from tsguard.services.whereabouts import (
    Mount,
    Place,
    Whereabouts,
    _mounts,
    notice,
    parsed_mounts,
    recognise,
    sentence,
)

W, P = PureWindowsPath, PurePosixPath


def cloud(service: str) -> Whereabouts:
    return Whereabouts(Place.CLOUD, service)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (W(r"C:\Users\a\OneDrive\企业.tsg"), cloud("OneDrive")),
        (W(r"C:\Users\a\OneDrive - 某某科技\x\企业.tsg"), cloud("OneDrive")),
        (W(r"D:\坚果云\企业.tsg"), cloud("坚果云")),
        (W(r"C:\Users\a\Nutstore Files\我的坚果云\企业.tsg"), cloud("坚果云")),
        (W(r"D:\BaiduSyncdisk\企业.tsg"), cloud("百度网盘")),
        (W(r"D:\BaiduNetdiskWorkspace\企业.tsg"), cloud("百度网盘")),
        (W(r"D:\百度网盘同步空间\企业.tsg"), cloud("百度网盘")),
        (W(r"C:\Users\a\WPSDrive\123\WPS云盘\企业.tsg"), cloud("WPS云盘")),
        (W(r"D:\微云同步助手\企业.tsg"), cloud("腾讯微云")),
        (W(r"D:\Weiyun\企业.tsg"), cloud("腾讯微云")),
        (W(r"D:\阿里云盘\企业.tsg"), cloud("阿里云盘")),
        (W(r"C:\Users\a\AppData\Roaming\DingTalk\企业.tsg"), cloud("钉钉")),
        (W(r"D:\WXWork\1688\企业.tsg"), cloud("企业微信")),
        (P("/home/a/Dropbox (公司)/企业.tsg"), cloud("Dropbox")),
        (P("/Users/a/Library/CloudStorage/GoogleDrive-a@b.cn/企业.tsg"), cloud("Google云端硬盘")),
        (P("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/企业.tsg"), cloud("iCloud云盘")),
        (P("/home/a/Nextcloud/企业.tsg"), cloud("Nextcloud")),
        (P("/home/a/Seafile/企业.tsg"), cloud("Seafile")),
        (W(r"\\server\share\企业.tsg"), Whereabouts(Place.NETWORK)),
        (W(r"\\?\UNC\server\share\企业.tsg"), Whereabouts(Place.NETWORK)),
        (W(r"\\?\C:\Users\a\企业.tsg"), None),
        (W(r"C:\$Recycle.Bin\S-1-5\企业.tsg"), Whereabouts(Place.BIN)),
        (P("/home/a/.local/share/Trash/files/企业.tsg"), Whereabouts(Place.BIN)),
        (P("/media/u/.Trash-1000/files/企业.tsg"), Whereabouts(Place.BIN)),
        (W(r"C:\Users\a\Documents\企业.tsg"), None),
        (W(r"C:\Users\a\Documents\OneDrive.tsg"), None),
        (W(r"C:\Users\a\Documents\OneDriver\企业.tsg"), None),
        (P("/home/a/文档/坚果云的竞品分析/企业.tsg"), None),
        (P("/home/a/drop/企业.tsg"), None),
    ],
)
def test_by_the_names_on_the_way(path, expected):
    assert recognise(path, {}, ()) == expected


@pytest.mark.parametrize(
    ("path", "environment", "expected"),
    [
        (W(r"D:\云\企业.tsg"), {"OneDriveCommercial": r"D:\云"}, cloud("OneDrive")),
        (W(r"D:\云端\企业.tsg"), {"OneDrive": r"D:\云"}, None),
        (W(r"C:\企业.tsg"), {"OneDrive": "C:\\"}, None),
        (
            W(r"C:\Users\A\AppData\Local\Temp\企业.tsg"),
            {"TEMP": r"c:\users\a\appdata\local\temp"},
            Whereabouts(Place.TEMPORARY),
        ),
        (P("/var/folders/x/企业.tsg"), {"TMPDIR": "/var/folders/x/"}, Whereabouts(Place.TEMPORARY)),
        (P("/home/a/企业.tsg"), {"TMPDIR": ""}, None),
    ],
)
def test_by_the_environment(path, environment, expected):
    assert recognise(path, environment, ()) == expected


TABLE = r"""
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
40 22 0:40 / /mnt/nas rw - nfs4 nas:/export rw
41 22 0:41 / /mnt/my\040share rw - cifs //server/share rw
42 22 0:42 / /mnt/c rw - 9p C:\134 rw,aname=drvfs
43 22 0:43 / /srv/host rw - 9p host rw
44 22 8:17 / /media/a/USB\040盘 rw - vfat /dev/sdb1 rw
45 22 0:45 / /home/a/远程 rw - fuse.sshfs a@b: rw
46 22 0:46 / /home/a/网盘 rw - fuse.rclone drive: rw
47 22 8:3 / /mnt/nas/local rw - ext4 /dev/sda3 rw
48 22 8:3 / /mnt/over rw - nfs x:/ rw
49 22 8:3 / /mnt/over rw - ext4 /dev/sda3 rw
not a line of this table
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/a/企业.tsg", None),
        ("/mnt/nas/x/企业.tsg", Place.NETWORK),
        ("/mnt/nasty/企业.tsg", None),
        ("/mnt/nas/local/企业.tsg", None),
        ("/mnt/my share/企业.tsg", Place.NETWORK),
        ("/mnt/c/Users/企业.tsg", None),
        ("/srv/host/企业.tsg", Place.NETWORK),
        ("/media/a/USB 盘/企业.tsg", Place.REMOVABLE),
        ("/home/a/远程/企业.tsg", Place.NETWORK),
        ("/home/a/网盘/企业.tsg", Place.CLOUD),
        ("/mnt/over/企业.tsg", None),
    ],
)
def test_by_the_table_of_mounts(path, expected):
    mounts = parsed_mounts(TABLE, lambda device: device == "8:17")
    found = recognise(P(path), {}, mounts)
    assert (found.place if found else None) == expected


def test_drives_of_windows():
    stick, share = Mount("E:\\", "", removable=True), Mount("Z:\\", "smb")
    assert recognise(W(r"E:\企业.tsg"), {}, (stick,)) == Whereabouts(Place.REMOVABLE)
    assert recognise(W(r"Z:\企业.tsg"), {}, (share,)) == Whereabouts(Place.NETWORK)
    assert recognise(W(r"C:\企业.tsg"), {}, (stick, share)) is None


def test_by_markers_up_the_tree():
    def marked(folder: PurePath, name: str) -> bool:
        return (str(folder), name) == ("/home/a/sync", ".stfolder")

    assert recognise(P("/home/a/sync/x/y/企业.tsg"), {}, (), marked) == cloud("Syncthing")
    assert recognise(P("/home/a/other/企业.tsg"), {}, (), marked) is None


def test_every_place_has_its_words():
    said = {place: sentence(Whereabouts(place, "坚果云")) for place in Place}
    assert len(set(said.values())) == len(Place)
    assert "坚果云" in said[Place.CLOUD]
    assert all(words.endswith("。") and "！" not in words for words in said.values())


def test_this_computer(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    inner = tmp_path / "x"
    inner.mkdir()
    assert notice(inner / "企业.tsg") == cloud("Syncthing")
    assert notice(tmp_path / ("a" * 5000)) is not None


@given(st.text(max_size=40), st.text(max_size=200))
def test_nothing_raises(name, table):
    for kind in (W, P):
        recognise(kind(name), {"TEMP": name, "OneDrive": name}, parsed_mounts(table))


@pytest.mark.parametrize("path", ["relative.tsg", "x\0y", "//server/share/a.tsg", "NUL"])
def test_this_computer_may_be_asked_about_any_path(path):
    assert notice(Path(path)) in {None, Whereabouts(Place.NETWORK)}


@windows_only
def test_a_long_path_is_on_its_drive():
    drive = Path.home().drive
    plain, long = (_mounts(Path(start + drive + "\\企业.tsg"))[0] for start in ("", "\\\\?\\"))
    assert (plain.point, long.point) == (f"{drive}\\", f"\\\\?\\{drive}\\")
    assert (plain.kind, plain.removable) == (long.kind, long.removable)
