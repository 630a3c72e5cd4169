"""Words for errors of content packs and of the keys they are signed with."""

from __future__ import annotations

from tsguard import errors
from tsguard.i18n import _
from tsguard.services.explanation import Explanation, explain
from tsguard.services.problems import problem_sentence
from tsguard.services.visible import visible

_MOST_PROBLEMS = 10
_DIGITS = 16
"""Of a key's fingerprint, enough to tell two apart by eye."""


def fingerprint_text(fingerprint: str) -> str:
    """The fingerprint of a key as it is read aloud: groups of four digits."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


@explain.register
def _pack_refused(error: errors.PackRefused) -> Explanation:
    fault = errors.PackFault
    again = _("请向发布者重新要一份，核对SHA-256后再打开。")
    whole = _("请向发布者说明；在此之前照旧使用现在的清单。")
    happened, advice = {
        fault.NOT_A_PACK: (
            _("“{name}”不是清单更新文件。"),
            _("请选发布者给的清单更新文件（.tsgpack）；选的就是它，就请发布者重新给一份。"),
        ),
        fault.NEWER_FORMAT: (
            _("“{name}”是更新的格式，这个版本的程序还不认识。"),
            _("请先安装新版程序，再打开它。"),
        ),
        fault.TOO_LARGE: (_("“{name}”太大，不像清单更新文件。"), again),
        fault.CUT_SHORT: (_("“{name}”不完整，只有开头。"), again),
        fault.OTHER_KEY: (
            _("“{name}”不是由本程序的发布者签名的：它的公钥指纹以{found}开头，应当是{known}。"),
            _("请不要使用来历不明的更新；向发布者核对指纹，或重新要一份。"),
        ),
        fault.CHANGED: (_("“{name}”的签名对不上：内容在签名以后变了，或没有传完整。"), again),
        fault.DAMAGED: (_("“{name}”签名相符，但里面的内容读不出来。"), whole),
        fault.STRANGE_FILES: (_("“{name}”里有不该有的文件。"), whole),
        fault.UNPACKS_TOO_LARGE: (_("“{name}”里的文件太大。"), whole),
        fault.MANIFEST: (
            _("“{name}”的说明（编号、日期、发布者、所需程序版本）缺少或不合要求。"),
            _("编号应为1至999999，发布者不超过80个看得见的字，程序版本如0.1.0。请发布者改好后再试。"),
        ),
        fault.FILES_DIFFER: (_("“{name}”里的文件与它自己列出的SHA-256不符。"), whole),
        fault.NEWER_PROGRAM: (
            _("“{name}”要求程序版本不低于{found}，现在的是{known}。"),
            _("请先安装新版程序，再打开它。"),
        ),
        fault.OLDER: (
            _("“{name}”是第{found}号，比正在使用的第{known}号旧。"),
            _("不需要再做什么；确实要退回的，先停用现在的清单更新，再打开它。"),
        ),
        fault.SAME_NUMBER: (
            _("“{name}”与正在使用的清单更新同是第{known}号，内容却不同。"),
            _("请向发布者核对哪一份是对的。"),
        ),
        fault.SHIPPED_NEWER: (
            _("“{name}”（第{found}号）里的清单比随程序发布的旧。"),
            _("不需要再做什么，程序自带的已经是新的。"),
        ),
        fault.CONTENT: (_("“{name}”里的清单有{count}处问题：{problems}"), _("请发布者逐处改正后再发。")),
    }[error.fault]
    digits = error.fault is fault.OTHER_KEY
    found, known = (
        fingerprint_text(each[:_DIGITS]) if digits else visible(each) for each in (error.found, error.known)
    )
    lines = [problem_sentence(each) for each in error.problems[:_MOST_PROBLEMS]]
    if len(error.problems) > _MOST_PROBLEMS:
        lines.append("……")
    return Explanation(
        happened.format(
            name=visible(error.path.name),
            found=found,
            known=known,
            count=len(error.problems),
            problems="\n".join(["", *lines, ""]),
        ),
        _("它没有被使用，现在的清单、保险库和作答都没有改动。"),
        advice,
    )


@explain.register
def _pack_key_refused(error: errors.PackKeyRefused) -> Explanation:
    fault = errors.PackKeyFault
    happened, advice = {
        fault.NOT_PEM: (
            _("“{name}”不是加密的私钥文件（PKCS#8，PEM格式）。"),
            _("请用packs new-key生成的私钥文件。"),
        ),
        fault.NOT_ED25519: (_("“{name}”里的密钥不是Ed25519。"), _("请用packs new-key生成的私钥文件。")),
        fault.WRONG_PASSPHRASE: (
            _("口令打不开私钥“{name}”，或它已经损坏。"),
            _("请核对私钥自己的口令后再试。"),
        ),
        fault.NOT_ENCRYPTED: (
            _("私钥“{name}”没有加密。"),
            _("请用packs new-key另做一对，或先给它加上口令；没有加密的私钥不要留在磁盘上。"),
        ),
        fault.NO_PUBLISHER: (
            _("程序自带的发布者公钥（{name}）缺少或损坏，无法核对清单更新的签名。"),
            _("请重新安装程序；在此之前使用随程序发布的清单。"),
        ),
    }[error.fault]
    return Explanation(
        happened.format(name=visible(error.path.name)),
        _("没有签名，也没有使用任何清单更新；什么都没有改动。"),
        advice,
    )
