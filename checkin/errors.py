"""What can go wrong in a way that a person can do something about.

A refusal (a badge that is not let in) is a value, never an exception. An exception here carries one sentence, in the
user's language, that says what is wrong, what is safe and what to do; the window shows it in the notice bar, the
terminal prints it and ends with code 1.
"""


class CheckinError(Exception):
    """Base of all errors whose text may be shown to a person as it is."""


class EventFileError(CheckinError):
    """The event's TOML file says something that cannot be."""


class NoEventError(CheckinError):
    """There is no event in this data folder yet."""


class DeclarationError(CheckinError):
    """The day or the checkpoint that staff declared does not exist, or none can be proposed."""


class FormError(CheckinError):
    """A field of the walk-in form, or of an edit, cannot stay as it is."""

    def __init__(self, field: str, sentence: str) -> None:
        """Name the field by its key, "organisation"."""
        super().__init__(sentence)
        self.field = field


class StorageError(CheckinError):
    """The disk or the database did not take it: nothing was counted."""


class DatabaseBusyError(StorageError):
    """Another program holds the database."""


class NewerDatabaseError(StorageError):
    """The database was written by a newer version of the program."""


class RosterFileError(CheckinError):
    """A roster file cannot be read at all."""


class SourceError(CheckinError):
    """A camera, video, picture or folder cannot be opened."""


class LayoutError(CheckinError):
    """A badge layout's file says something that cannot be, or there is no layout of that name."""


class ExportError(CheckinError):
    """A report could not be written; the old file, if there was one, is still there."""


class CancelledError(CheckinError):
    """The user stopped a long job; nothing of it was kept."""


class HubError(CheckinError):
    """A hub cannot be reached, refuses, or is not what it should be. What was scanned is safe on this laptop."""


class HubUrlError(HubError):
    """What was named is no hub."""


class HubUnreachableError(HubError):
    """Down, slow, half-open, no network: it is tried again."""


class HubRefusedError(HubError):
    """The hub is there and does not let this desk in: trying again at once would not help."""


class RollbackError(HubError):
    """Something older was offered than what is known already."""


class BundleError(CheckinError):
    """A bundle is cut, altered, of another event or of a desk that is not enrolled. It was left where it is."""


class EnrolmentError(CheckinError):
    """An enrolment cannot be read: wrong PIN, damaged, or of another event."""
