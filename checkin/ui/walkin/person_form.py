"""The fields that are asked of a person, side by side or one under the other: for a walk-in, and to correct somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from checkin.domain.event import Event
from checkin.i18n import _
from checkin.ui.tasks import TaskRunner
from checkin.ui.walkin.form_field import CategoryChoice, FormField
from checkin.ui.walkin.form_line import FormLine, SuggestLine

if TYPE_CHECKING:
    from checkin.db.search.completion import Completion

_COMPLETED: Final[dict[str, Literal["organisation", "country"]]] = {
    "organisation": "organisation",
    "country": "country",
}


class PersonForm(QWidget):
    """Fields by their keys in FORM_FIELDS. Tab and Enter lead from one to the next."""

    edited = Signal()
    last_entered = Signal()
    """Enter was pressed in the last field."""

    def __init__(
        self,
        event: Event,
        completion: Completion,
        tasks: TaskRunner,
        over: QWidget,
        *,
        asked: Sequence[str],
        required: Sequence[str],
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        """`over`: the widget in front of which suggestions open."""
        super().__init__(parent)
        self.fields: dict[str, FormField] = {}
        for key in asked:
            editor: FormLine | CategoryChoice
            if key == "category":
                editor = CategoryChoice(event)
            elif key in _COMPLETED:
                editor = SuggestLine(partial(completion.suggest, _COMPLETED[key]), tasks, over)
            else:
                editor = FormLine()
            field = FormField(key, editor, required=key in required)
            field.changed.connect(self.edited)
            if isinstance(editor, FormLine):
                editor.entered.connect(self._entered)
            self.fields[key] = field
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._columns = 0
        self.set_columns(columns)

    def set_columns(self, columns: int) -> None:
        """Lay the fields out in so many columns."""
        if columns == self._columns:
            return
        self._columns = columns
        for field in self.fields.values():
            self._grid.removeWidget(field)
        for place, field in enumerate(self.fields.values()):
            self._grid.addWidget(field, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def retranslate(self) -> None:
        """Set the texts again."""
        for field in self.fields.values():
            field.retranslate()

    def values(self) -> dict[str, str]:
        """Return every asked field as it is filled."""
        return {key: field.text() for key, field in self.fields.items()}

    def fill(self, values: Mapping[str, str]) -> None:
        """Fill every field; those that are not named become empty."""
        for key, field in self.fields.items():
            field.set_text(values.get(key, ""))
            field.show_wrong("")

    def set_locked(self, locked: bool) -> None:
        """Take no more answers while they are being saved."""
        for field in self.fields.values():
            field.set_locked(locked)

    def is_typed(self) -> bool:
        """Say whether anything was typed; a chosen category alone is nothing."""
        return any(field.text() for key, field in self.fields.items() if key != "category")

    def missing(self) -> list[str]:
        """Return the keys of the required fields that are empty. A name in either script is a name."""
        values = self.values()
        if "name" in values and not values["name"]:
            values["name"] = values.get("name_local", "")
        return [key for key, field in self.fields.items() if field.required and not values[key]]

    def show_missing(self) -> bool:
        """Say in each required field that is empty that it is, and go to the first; say whether there is one."""
        missing = self.missing()
        for key in missing:
            self.fields[key].show_wrong(
                _("Choose one, please.") if key == "category" else _("This is needed: please fill it in.")
            )
        if missing:
            self.go_to(missing[0])
        return bool(missing)

    def show_wrong(self, key: str, sentence: str) -> bool:
        """Say what is wrong in a field and go there; say whether there is such a field."""
        field = self.fields.get(key)
        if field is None:
            return False
        field.show_wrong(sentence)
        self.go_to(key)
        return True

    def go_to(self, key: str = "") -> None:
        """Put the focus into a field; without a key into the first."""
        field = self.fields.get(key) or next(iter(self.fields.values()))
        field.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def type_first(self, letters: str) -> None:
        """Go on in the first field with letters that were typed elsewhere."""
        field = next(iter(self.fields.values()))
        if isinstance(field.editor, FormLine):
            field.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.editor.insert(letters)

    @Slot()
    def _entered(self) -> None:
        editors = [field.editor for field in self.fields.values()]
        place = editors.index(self.sender()) + 1  # type: ignore[arg-type]
        if place < len(editors):
            editors[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.last_entered.emit()
