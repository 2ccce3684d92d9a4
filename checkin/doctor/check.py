"""One finding of the doctor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, whether it is well, what was found, and what helps."""

    name: str
    """A key that programs may rely on."""
    title: str
    """The same for a person, in the language of the moment."""
    ok: bool
    found: str
    cure: str = ""
    """Empty where all is well."""

    def as_json(self) -> dict[str, str | bool]:
        """Return the object that `checkin doctor --json` prints."""
        return {"check": self.name, "ok": self.ok, "found": self.found, "cure": self.cure}
