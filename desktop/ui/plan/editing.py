"""Between the details panel and the services: opens the editor asked for, previews, saves, shows what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.models.errors import SoTienDoError
from desktop.services.plan import commenting, correcting
from desktop.services.views import Changes, NodeDetails, Proposal, ReadingField
from desktop.ui.plan.comments import AnswerEditor, CommentEditor
from desktop.ui.plan.correction import CorrectionEditor
from desktop.ui.plan.details import DetailsPanel
from desktop.ui.plan.editor import Editor
from desktop.ui.plan.page import link_name
from desktop.ui.tasks import TaskRunner
from desktop.ui.units.asking import ask_members, ask_whom

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

Job = Callable[["Workspace"], Changes]


class Editing(QObject):
    """One editor at a time, in the panel."""

    def __init__(self, runner: TaskRunner, panel: DetailsPanel) -> None:
        super().__init__(panel)
        self._runner = runner
        self._panel = panel

    def start(self, wanted: str) -> None:
        """Do what a link of the page asks for (``desktop.ui.plan.page``)."""
        details = self._panel.details
        if details is None:
            return
        verb, _, about = wanted.partition(":")
        match verb:
            case "correct":
                self._correct(details, ReadingField(about))
            case "comment":
                self._comment(details)
            case "answer":
                self._answer(details, about)
            case "unit":
                ask_whom(self._panel.window(), self._runner, link_name(about))
            case "members":
                ask_members(self._panel.window(), self._runner, link_name(about))
            case _:
                self._runner.run(partial(_withdraw, about), _nothing)

    def _correct(self, details: NodeDetails, field: ReadingField) -> None:
        editor = CorrectionEditor(details, field)
        editor.preview_wanted.connect(partial(self._preview, editor))
        editor.phrase_given.connect(partial(self._read_targets, editor))
        editor.wanted.connect(partial(self._save_correction, editor))
        editor.restore_wanted.connect(partial(self._restore, editor))
        editor.other_wanted.connect(self._correct_other)
        self._panel.show_editor(editor, f"Sửa cách hiểu {details.row.code}".strip())

    def _correct_other(self, field: str) -> None:
        if self._panel.details is not None:
            self._correct(self._panel.details, ReadingField(field))

    def _preview(self, editor: CorrectionEditor) -> None:
        job = partial(_propose, editor.details.row.id, editor.field, editor.typed_now())
        self._runner.run(job, editor.show_proposal, partial(_tell, editor))

    def _read_targets(self, editor: CorrectionEditor, phrase: str) -> None:
        job = partial(_propose, editor.details.row.id, editor.field, phrase)
        self._runner.run(job, editor.add_targets, partial(_tell, editor))

    def _save_correction(self, editor: CorrectionEditor) -> None:
        if phrase := editor.phrase():
            # A target still standing in the line of new ones is meant too.
            self._runner.run(
                partial(_propose, editor.details.row.id, editor.field, phrase), partial(self._add_and_save, editor),
                partial(_tell, editor),
            )
            return
        details, typed, reason = editor.details, editor.typed(), editor.reason.typed()
        self._save(editor, lambda ws: correcting.correct(
            ws, details.row.id, editor.field, typed, details.shown, reason
        ))

    def _add_and_save(self, editor: CorrectionEditor, proposal: Proposal) -> None:
        editor.add_targets(proposal)
        self._save_correction(editor)

    def _restore(self, editor: CorrectionEditor) -> None:
        details, reason = editor.details, editor.reason.typed()
        self._save(editor, lambda ws: correcting.restore(ws, details.row.id, editor.field, details.shown, reason))

    def _comment(self, details: NodeDetails) -> None:
        editor = CommentEditor(details)
        editor.wanted.connect(partial(self._save_comment, editor))
        self._panel.show_editor(editor, f"Ý kiến về {details.row.code}".strip())

    def _save_comment(self, editor: CommentEditor) -> None:
        record, about, text = editor.details.row.id, str(editor.about.currentData()), editor.words.typed()
        self._save(editor, lambda ws: commenting.add_comment(ws, record, about, text))

    def _answer(self, details: NodeDetails, record: str) -> None:
        comment = next((one for one in details.comments if one.record == record), None)
        if comment is not None:
            editor = AnswerEditor(comment)
            editor.wanted.connect(partial(self._save_answer, editor))
            self._panel.show_editor(editor, f"Trả lời về {details.row.code}".strip())

    def _save_answer(self, editor: AnswerEditor) -> None:
        comment, text, settled = editor.comment, editor.words.typed(), editor.settled.isChecked()
        self._save(editor, lambda ws: commenting.answer_comment(
            ws, comment.record, text, comment.shown, settled=settled
        ))

    def _save(self, editor: Editor, job: Job) -> None:
        editor.busy()
        self._runner.run(job, partial(self._saved, editor), partial(_tell, editor))

    def _saved(self, editor: Editor, _changes: Changes) -> None:
        if self._panel.editor is editor:
            self._panel.close_editor()


def _propose(record: str, field: ReadingField, typed: correcting.Typed, ws: Workspace) -> Proposal:
    return correcting.propose(ws, record, field, typed)


def _withdraw(comment: str, ws: Workspace) -> Changes:
    return commenting.withdraw_comment(ws, comment)


def _tell(editor: Editor, error: SoTienDoError) -> None:
    editor.show_problem(error.sentence)


def _nothing(_changes: Changes) -> None:
    """The window tells every view what changed."""
