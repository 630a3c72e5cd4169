"""What an assessment has frozen stays until the person asks; what was put aside comes back as it was."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.vaults import new_session, reopened

from tsguard.content.shelf import Shelf
from tsguard.domain.answers import Answer
from tsguard.domain.basis import Citation, SourceStatus
from tsguard.domain.checklist import CORE
from tsguard.domain.scales import Verdict
from tsguard.domain.versions import older
from tsguard.errors import ProgrammeDoesNotFit
from tsguard.services.application import choose_programme
from tsguard.services.content import choices, choose_modules, shipped
from tsguard.services.renewal import changes, refrozen


def edited(module, version="2099.1", **fields):
    """The module in another version, the same fields of every item changed."""
    sections = tuple(
        replace(each, items=tuple(replace(item, **fields) for item in each.items)) for each in module.sections
    )
    return replace(module, version=version, sha256="f" * 64, sections=sections)


def with_modules(shelf: Shelf, *modules):
    return replace(shelf, modules=shelf.modules | {module.id: module for module in modules})


def with_law(shelf: Shelf, version="2099.1", **fields):
    """The shelf with a newer library, in which every source and article is told otherwise."""
    sources = {
        key: replace(
            source, note="新的说明", articles=tuple(replace(each, **fields) for each in source.articles)
        )
        for key, source in shelf.library.sources.items()
    }
    return replace(shelf, library=replace(shelf.library, version=version, sha256="9" * 64, sources=sources))


def with_figures(shelf: Shelf, **fields):
    thresholds = tuple(replace(each, **fields) for each in shelf.parameters.thresholds)
    return replace(shelf, parameters=replace(shelf.parameters, thresholds=thresholds))


def shared_figure(shelf: Shelf) -> tuple[str, str]:
    """A figure of the core that another module uses, too, and that module."""
    core = {figure for item in shelf.modules[CORE].items() for figure in item.figures}
    for module in shelf.modules.values():
        used = core & {figure for item in module.items() for figure in item.figures}
        if module.id != CORE and used:
            return min(used), module.id
    pytest.fail("no figure is shared")


@pytest.fixture
def session(tmp_path):
    session = new_session(tmp_path)
    yield session
    session.close()


# --- adding a module ----------------------------------------------------------------------------


def test_a_module_added_later_changes_no_law_that_is_frozen(session):
    before = session.checklist
    newer = with_law(shipped(), text="改了的转述", status=SourceStatus.UNVERIFIED)
    every = [module for module in shipped().modules if module != CORE]
    choose_modules(session, every, newer)
    after = session.checklist
    for source in before.sources:
        now = after.source(source.id)
        assert replace(now, articles=()) == replace(source, articles=())
        assert set(source.articles) <= set(now.articles)
    added = {source.id for source in after.sources} - {source.id for source in before.sources}
    articles = {each for source in after.sources for each in source.articles}
    new = articles - {each for source in before.sources for each in source.articles}
    assert added
    assert {each.text for each in new} == {"改了的转述"}
    assert (after.library_version, after.library_sha256) == ("2099.1", "9" * 64)
    for item in after.items():
        for citation in item.basis:
            source = after.source(citation.source)
            assert source.article(citation.article) if citation.article else source.text
    assert set(changes(session, newer).sources) >= {source.id for source in before.sources}
    choose_modules(session, every, newer, renew=True)
    assert session.checklist == newer.freeze(every)
    assert not changes(session, newer).any


def test_an_article_that_is_now_told_in_parts_answers_as_it_did(session):
    """A citation that fell back to the whole article must not come to mean a part that is newly there."""
    library = shipped().library
    source = next(
        each for each in library.sources.values() if each.articles and "(" not in each.articles[0].article
    )
    label = f"{source.articles[0].article}(99)"
    citing = (Citation(source.id, label),)
    at_first = with_modules(shipped(), edited(shipped().modules[CORE], basis=citing))
    choose_modules(session, [], at_first, renew=True)
    assert session.checklist.source(source.id).paraphrase(label) == source.articles[0].text
    part = replace(source.articles[0], article=label, text="新的分项")
    sources = library.sources | {source.id: replace(source, articles=(*source.articles, part))}
    newer = replace(at_first, library=replace(library, version="2099.1", sources=sources))
    newer = with_modules(newer, edited(shipped().modules["XIC"], basis=citing))
    choose_modules(session, ["XIC"], newer)
    assert session.checklist.source(source.id).paraphrase(label) == source.articles[0].text
    assert session.checklist.library_version == library.version, "nothing is from the newer one"
    choose_modules(session, ["XIC"], newer, renew=True)
    assert session.checklist.source(source.id).paraphrase(label) == "新的分项"


def test_a_figure_with_two_values_stands_twice(session):
    figure, module = shared_figure(shipped())
    before = {each.id: each for each in session.checklist.figures}
    newer = with_figures(shipped(), value="7", source="新出处")
    choose_modules(session, [module], newer)
    figures = {each.id: each for each in session.checklist.figures}
    assert {key: figures[key] for key in before} == before
    (apart,) = {
        each
        for item in session.checklist.modules[1].items()
        for each in item.figures
        if each.startswith(f"{figure}@")
    }
    assert figures[apart] == replace(figures[figure], id=apart, value="7", source="新出处")
    assert all(each in figures for item in session.checklist.items() for each in item.figures)
    frozen = session.checklist
    choose_modules(session, [], newer)
    choose_modules(session, [module], newer)
    assert set(session.checklist.figures) == set(frozen.figures)
    choose_modules(session, [module], newer, renew=True)
    assert session.checklist == newer.freeze([module])


def test_presets_stay_and_take_the_new_items_in(session):
    before = session.checklist.presets
    choose_modules(session, ["XIC"], replace(shipped(), presets=()))
    assert session.checklist.presets == before
    choose_modules(session, [])
    text = tuple(replace(each, text="新的说法") for each in shipped().presets)
    choose_modules(session, ["XIC", "XPR", "XFO"], replace(shipped(), presets=text))
    assert [each.text for each in session.checklist.presets] == [each.text for each in before]
    whole = shipped().freeze(["XPR", "XFO"]).presets
    for preset, wanted in zip(session.checklist.presets, whole, strict=True):
        assert set(wanted.reliefs) <= set(preset.reliefs)
        assert set(wanted.enough) <= set(preset.enough)


# --- put aside and taken again -------------------------------------------------------------------


def test_what_was_put_aside_comes_back_as_it_was(session):
    choose_modules(session, ["XIC"])
    frozen = session.checklist
    session.put_answer(Answer("XIC-01", Verdict.MET))
    newer = with_law(with_modules(shipped(), edited(shipped().modules["XIC"], text="另一件事")), text="改了")
    choose_modules(session, [], newer)
    assert [each.modules[0] for each in session.checklist.put_aside] == [frozen.modules[1]]
    assert not changes(session, newer).modules, "what is put aside is not asked about"
    session = reopened(session)
    choose_modules(session, ["XIC"], newer)
    assert session.checklist == frozen
    assert session.answer("XIC-01").verdict is Verdict.MET
    (change,) = changes(session, newer).modules
    assert (change.module, len(change.changed)) == ("XIC", len(list(frozen.modules[1].items())))
    shown = {module.id: module for module in choices(session, newer)}
    assert shown["XIC"] == frozen.modules[1]
    session.close()


def test_answers_that_the_newer_content_takes_no_more_are_named(session):
    choose_modules(session, ["XIC"])
    session.put_answer(
        Answer("XIC-01", Verdict.NOT_APPLICABLE, reason="没有设计", ask_again=date(2027, 1, 1))
    )
    session.put_answer(Answer("XIC-02", Verdict.MET))
    assert changes(session, shipped()).must_apply == ()
    newer = with_modules(shipped(), edited(shipped().modules["XIC"], may_not_apply=False))
    assert changes(session, newer).must_apply == ("XIC-01",)


def test_undo_restores_exactly_what_was_aside(session):
    choose_modules(session, ["XIC"])
    choose_modules(session, ["XPR"])
    had = session.assessment
    newer = with_modules(shipped(), edited(shipped().modules["XIC"], weight=5))
    choose_modules(session, ["XIC"], newer, renew=True)
    assert session.item("XIC-01").weight == 5
    session.choose(had.modules, had.checklist, had.programme)
    assert session.assessment == had
    choose_modules(session, ["XIC"], newer)
    assert session.checklist.modules[1] == shipped().modules["XIC"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(["XIC", "XPR", "XIT", "XFO"]), unique=True),
            st.integers(0, 2),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_whatever_is_chosen_no_frozen_text_changes_by_itself(steps):
    shelves = [shipped()]
    for number in (1, 2):
        modules = [
            edited(each, f"209{number}.1", why=f"第{number}版。") for each in shipped().modules.values()
        ]
        other = with_law(with_modules(shipped(), *modules), f"209{number}.1", text=f"第{number}版")
        shelves.append(with_figures(other, value=str(number)))
    now = shipped().freeze([])
    seen = {module.id: module for module in now.modules}
    for chosen, number, renew in steps:
        before, now = now, refrozen(now, shelves[number], chosen, renew=renew)
        texts = {module.id: [item.why for item in module.items()] for module in now.modules}
        for module in now.modules:
            if module.id in seen and not renew:
                assert texts[module.id] == [item.why for item in seen[module.id].items()]
            seen[module.id] = module
        assert [module.id for module in now.modules] == [CORE, *chosen]
        again = refrozen(now, shelves[number], chosen)
        assert (again.modules, set(again.sources), again.figures) == (
            now.modules,
            set(now.sources),
            now.figures,
        )
        if not renew:
            stayed = {module.id for module in before.modules} & {module.id for module in now.modules}
            for item in (each for module in now.modules if module.id in stayed for each in module.items()):
                for citation in item.basis:
                    was, is_now = before.source(citation.source), now.source(citation.source)
                    assert is_now.article(citation.article) == was.article(citation.article), item.id
        figures = {each.id for each in now.figures}
        assert all(each in figures for item in now.items() for each in item.figures)
        assert len(figures) == len(now.figures)


# --- what is offered -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "is_older"),
    [
        ("2026.9", "2026.11", True), ("2026.11", "2026.9", False), ("1", "1.0", False), ("1.0", "1", False),
        ("1.0", "1.0.1", True), ("v1.9", "v1.10", True), ("甲", "乙", False), ("甲", "1", False),
        ("", "", False), ("2026.11", "2026.11", False), ("0", "0.1", True), ("9" * 400, "1", False),
    ],
)  # fmt: skip
def test_which_version_is_older(one, other, is_older):
    assert older(one, than=other) is is_older


def test_an_older_program_offers_nothing(session):
    newer = with_law(
        with_modules(shipped(), *(edited(each, why="新。") for each in shipped().modules.values()))
    )
    newer = with_figures(newer, source="新出处")
    programmes = {key: replace(each, version="2099.1") for key, each in shipped().programmes.items()}
    newer = replace(newer, programmes=programmes, presets=shipped().presets[1:])
    choose_modules(session, [], newer, renew=True)
    had = session.assessment
    assert had.checklist.modules[0].version == "2099.1"
    assert not changes(session, shipped()).any
    choose_modules(session, [], shipped(), renew=True)
    assert session.assessment == had


def test_the_same_version_with_another_text_is_offered(session):
    core = shipped().modules[CORE]
    found = changes(session, with_modules(shipped(), edited(core, core.version, why="新。")))
    assert [change.module for change in found.modules] == [CORE]


def test_presets_and_sources_of_figures_are_offered_by_themselves(session):
    text = replace(shipped(), presets=tuple(replace(each, text="新的说法") for each in shipped().presets))
    for shelf in (text, replace(shipped(), presets=shipped().presets[1:])):
        found = changes(session, shelf)
        assert (found.any, found.modules, found.figures) == (True, (), ())
        assert set(found.presets) <= {each.title for each in shipped().presets}
        choose_modules(session, [], shelf, renew=True)
        assert not changes(session, shelf).any
    choose_modules(session, [], renew=True)
    shelf = with_figures(shipped(), source="新出处")
    found = changes(session, shelf)
    assert (found.any, found.modules, found.presets) == (True, (), ())
    assert set(found.figures) == {each.title for each in session.checklist.figures}
    choose_modules(session, [], shelf, renew=True)
    assert not changes(session, shelf).any


# --- programmes that do not fit --------------------------------------------------------------------


def test_a_programme_that_counts_other_sections_is_refused_everywhere(session):
    before = session.assessment
    park = shipped().programmes["park"]
    last = park.units[-1]
    more = replace(park, units=(*park.units[:-1], replace(last, sections=(*last.sections, "OLD"))))
    fewer = replace(park, units=park.units[:-1])
    for programme, uncounted, unknown in ((more, (), ("OLD",)), (fewer, last.sections, ())):
        shelf = replace(shipped(), programmes=shipped().programmes | {"park": programme})
        ways = (
            lambda programme=programme: choose_programme(session, programme),
            lambda shelf=shelf: choose_modules(session, ["XIC"], shelf, programme="park"),
            lambda programme=programme: session.choose((), before.checklist, programme),
        )
        for way in ways:
            with pytest.raises(ProgrammeDoesNotFit) as caught:
                way()
            assert (caught.value.uncounted, caught.value.unknown) == (uncounted, unknown)
            assert session.assessment == before
    choose_programme(session, park)


def test_what_a_vault_had_before_may_stay(session, monkeypatch):
    """A vault of an older version: its modules can be changed all the same."""
    misfit = replace(session.assessment.programme, units=session.assessment.programme.units[:-1])
    with monkeypatch.context() as patch:
        patch.setattr(type(misfit), "misfit", lambda _self, _sections: ((), ()))
        session.choose((), session.checklist, misfit)
    session = reopened(session)
    choose_modules(session, ["XIC"])
    assert session.assessment.modules == ("XIC",)
    session.close()
