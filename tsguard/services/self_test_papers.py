"""Self-test: the sample company's papers are made, read back by two readers, verified, signed and locked.

They are made of the open vault with fixed ids and a fixed day, so that the same program makes the same bytes
on every computer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition, Format
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import LeaksFound
from tsguard.i18n import _
from tsguard.services import dossier, issuing
from tsguard.services.leak_guard import beyond_snapshot
from tsguard.services.self_test import ON, Bench, Check, Unexpected
from tsguard.services.verified_file import Outcome, Result

REPORT, DOCX, BOUND, BOOK = (
    "示例-自评报告-报送版.pdf",
    "示例-自评报告-报送版.docx",
    "示例-合订本-报送版.pdf",
    "示例-空白清单.xlsx",
)
"""Names of the papers on the bench."""
_DRAWN = "☐☑□√"
"""Marks that are drawn, and for which readers give what they stand for or what they look like."""
_ENTERPRISE, _ASSESSMENT, _HEAD = "1" * 32, "2" * 32, "3" * 64
_BOUND = (DocumentKind.APPLICATION, DocumentKind.EXHIBITS)


def checks(bench: Bench) -> Iterator[Check]:
    """In their order; the vault stays open."""
    papers = _Papers(bench)
    yield Check("report", _("导出自评报告（报送版）和Word文件"), papers.report)
    yield Check("bound", _("导出合订本和佐证"), papers.bound)
    yield Check("workbook", _("导出空白清单并读回"), papers.workbook)
    yield Check("pdf-text", _("用两个阅读器读回PDF"), papers.pdf_text)
    yield Check("docx-text", _("读回Word文件"), papers.docx_text)
    yield Check("picture", _("把页面画成图片"), papers.picture)
    yield Check("verify", _("核验文件"), papers.verify)
    yield Check("locked-copy", _("加密副本"), papers.locked_copy)
    yield Check("sign", _("电子签名"), papers.sign)


@dataclass(slots=True)
class _Papers:
    bench: Bench = field(repr=False)

    def report(self) -> str:
        """One document as PDF and DOCX, through the leak guard, onto the disk and into the register."""
        made = self._made(DocumentKind.REPORT, docx=True)
        if made.open_hits:
            raise Unexpected(_("没有疑似泄密"), _("{count}处").format(count=len(made.open_hits)))
        target = self.bench.folder / "申报材料 䶮"
        issued = issuing.write(made, target)
        issuing.record(self.bench.session, issued)
        for path, each in issuing.places(made, target).items():
            if each.edition.kind is DocumentKind.REPORT:
                self.bench.papers[DOCX if each.format is Format.DOCX else REPORT] = path.read_bytes()
        return self._pages(REPORT)

    def bound(self) -> str:
        """Several documents in one file, with the pages of PDF and picture evidence.

        One of the sample's pieces names what it should not: nothing may be written until that is let pass.
        """
        made = self._made(*_BOUND, bound=True)
        target = self.bench.folder / BOUND
        try:
            issuing.write(made, target)
        except LeaksFound:
            if target.exists():
                raise Unexpected(_("没有写出"), _("写出了")) from None
        else:
            raise Unexpected(_("佐证里的秘点被查出"), _("没有"))
        issuing.write(made.without({hit.key for hit in made.open_hits}), target)
        self.bench.papers[BOUND] = target.read_bytes()
        words = _("查出疑似泄密{count}处并拦下；放行后{pages}")
        return words.format(count=len(made.open_hits), pages=self._pages(BOUND))

    def _made(self, *kinds: DocumentKind, docx: bool = False, bound: bool = False) -> dossier.Made:
        session = self.bench.session
        editions = tuple(Edition(kind, Level.SUBMISSION) for kind in kinds)
        order = dossier.Order(editions, ON, docx=docx, bound=bound, with_evidence=bound)
        made = dossier.make(
            _fixed(session.snapshot()), order, contents=session.cabinet.read, also=beyond_snapshot(session)
        )
        # The register takes only what belongs to the vault's own assessment.
        return replace(made, assessment=session.snapshot().assessment.id)

    def _pages(self, name: str) -> str:
        from tsguard.report.preview import count  # noqa: PLC0415 - start-up time

        data = self.bench.paper(name)
        return _("{pages}页，{size}KB").format(pages=count(data), size=f"{len(data) // 1024:,}")

    def workbook(self) -> str:
        """The blank checklist goes out, and comes back without a fault and without an answer."""
        from tsguard.services.paper import blank_workbook, compare, read_sheet  # noqa: PLC0415

        session, target = self.bench.session, self.bench.folder / BOOK
        blank_workbook(session.checklist, target)
        found = compare(session, read_sheet(target))
        items = sum(1 for _item in session.checklist.items())
        if not found.ours or found.new or found.overwriting or found.faults:
            raise Unexpected(
                _("读回的空白清单没有作答"), len(found.new) + len(found.overwriting) + len(found.faults)
            )
        self.bench.papers[BOOK] = target.read_bytes()
        return _("{items}条").format(items=items)

    def pdf_text(self) -> str:
        """Both readers see the same characters on every page, and what has to stand there does."""
        from tsguard.report.second_reading import by_pdfium, by_pikepdf  # noqa: PLC0415 - start-up time

        data = self.bench.paper(REPORT)
        first, second = by_pdfium(data), by_pikepdf(data)
        if len(first) != len(second):
            raise Unexpected(_("{count}页").format(count=len(first)), len(second))
        for number, (one, other) in enumerate(zip(first, second, strict=True), 1):
            apart = (_characters(one) - _characters(other)) + (_characters(other) - _characters(one))
            if apart:
                raise Unexpected(_("第{page}页读得一致").format(page=number), "".join(list(apart)[:20]))
        self._holds("".join(first))
        count = sum(_characters("".join(first)).values())
        return _("{pages}页，{count}个字符，两个阅读器一致").format(pages=len(first), count=f"{count:,}")

    def docx_text(self) -> str:
        """The document for word processors says the same."""
        from tsguard.report.guard.docx_reading import read_docx  # noqa: PLC0415 - start-up time

        passages = read_docx(self.bench.paper(DOCX)).passages
        text = "".join(each.text for each in passages)
        self._holds(text)
        return _("{count}个字符").format(count=f"{len(text):,}")

    def _holds(self, text: str) -> None:
        session = self.bench.session
        item = next(iter(session.checklist.items()))
        plain = "".join(text.split())
        for wanted in (session.enterprise.name, item.text):
            if "".join(wanted.split()) not in plain:
                raise Unexpected(wanted, _("没有找到"))
        for point in session.points:
            if point.name in plain:
                raise Unexpected(_("没有秘点名称"), point.id)

    def picture(self) -> str:
        """A page is drawn, and is neither white nor black."""
        from tsguard.report.preview import render  # noqa: PLC0415 - start-up time

        wide, high, rgba = render(self.bench.paper(REPORT), 0, 1.0)
        tones = len(set(rgba[::4]))
        if tones < 16:
            raise Unexpected(_("页面上有字"), _("{count}种深浅").format(count=tones))
        return f"{wide}×{high}"

    def verify(self) -> str:
        """Our own papers are whole, are known by the register, and one changed byte is noticed."""
        from tsguard.services.verify import verify  # noqa: PLC0415 - start-up time

        data = self.bench.paper(REPORT)
        found = verify(data, issued=tuple(self.bench.session.issued))
        seen = {each.result for each in found.findings}
        wanted = {Result.SEAL_WHOLE, Result.SCORE_ADDS_UP, Result.ISSUED_HERE, Result.CONTENT_SAME}
        if found.outcome is not Outcome.WHOLE or not wanted <= seen:
            raise Unexpected(_("与导出时一致"), _("，").join(sorted({found.outcome, *(wanted - seen)})))
        middle = len(data) // 2
        changed = verify(data[:middle] + bytes((data[middle] ^ 1,)) + data[middle + 1 :])
        if changed.outcome is Outcome.WHOLE:
            raise Unexpected(_("改动1个字节能看出"), _("没有看出"))
        bound = verify(self.bench.paper(BOUND))
        if bound.outcome is not Outcome.WHOLE:
            raise Unexpected(_("合订本与导出时一致"), bound.outcome.value)
        return _("与导出时一致；改动1个字节能看出")

    def locked_copy(self) -> str:
        """A copy under a passphrase opens with it and not without."""
        from tsguard.report.locking import locked_copy  # noqa: PLC0415 - start-up time
        from tsguard.services.verify import verify  # noqa: PLC0415 - start-up time

        copy = locked_copy(self.bench.paper(REPORT), self.bench.passphrase)
        if (without := verify(copy).outcome) is not Outcome.LOCKED:
            raise Unexpected(Outcome.LOCKED.value, without.value)
        if (opened := verify(copy, passphrase=self.bench.passphrase).outcome) is not Outcome.WHOLE:
            raise Unexpected(Outcome.WHOLE.value, opened.value)
        return _("有口令才能打开")

    def sign(self) -> str:
        """A certificate that is thrown away signs, and the signature holds; said where nothing can sign."""
        from tsguard.report.engine import pyhanko_version  # noqa: PLC0415 - start-up time

        if not pyhanko_version():
            return _("没有安装电子签名的程序库（pyHanko），没有检查")
        from tsguard.report.signing import sign  # noqa: PLC0415 - start-up time
        from tsguard.services.verify import verify  # noqa: PLC0415 - start-up time
        from tsguard.store.engine import throwaway_certificate  # noqa: PLC0415 - start-up time

        name = _("自检证书（无效）")
        certificate = throwaway_certificate(name, self.bench.passphrase, datetime.now(UTC).date())
        signed = sign(self.bench.paper(REPORT), certificate, self.bench.passphrase)
        found = verify(signed)
        if Result.SIGNATURE_HOLDS not in {each.result for each in found.findings}:
            raise Unexpected(_("签名有效"), _("，").join(each.result for each in found.findings))
        return _("签名有效，签名后的文件核验为{outcome}").format(outcome=found.outcome.value)


def _characters(text: str) -> Counter[str]:
    return Counter(character for character in "".join(text.split()) if character not in _DRAWN)


def _fixed(snapshot: Snapshot) -> Snapshot:
    """The same state with the ids, the journal's head and the moment of every other self-test."""
    return replace(
        snapshot,
        enterprise=replace(snapshot.enterprise, id=_ENTERPRISE),
        assessment=replace(snapshot.assessment, id=_ASSESSMENT, enterprise=_ENTERPRISE),
        journal_head=_HEAD,
        taken_at=datetime.combine(ON, time(), UTC),
    )
