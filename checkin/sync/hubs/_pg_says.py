"""What goes wrong with a PostgreSQL hub, in our own words: what a server writes is for nobody's eyes.

A server that was taken over could put a link or an instruction into its error text; only the five signs of its code get
through.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from cryptography import x509

from checkin.errors import HubError, HubRefusedError, HubUnreachableError, HubUrlError, RollbackError
from checkin.i18n import _, mark

SAFE: Final = mark("Scans go on and are kept here.")

_OF_CODE: Final[dict[str, tuple[type[HubError], str]]] = {
    "28P01": (
        HubRefusedError,
        mark(
            "The hub at {host} does not accept this desk’s name and password. Ask whoever keeps the hub to enrol it anew."
        ),
    ),
    "CH001": (
        HubRefusedError,
        mark("This desk was cut off from the hub at {host}. Ask the organiser, who can enrol it anew."),
    ),
    "CH002": (
        HubRefusedError,
        mark("The hub at {host} does not know this desk. Ask whoever keeps the hub to enrol it."),
    ),
    "CH003": (
        HubRefusedError,
        mark("The hub at {host} keeps this desk’s journal for another desk. Enrol this laptop as a desk of its own."),
    ),
    "CH004": (
        RollbackError,
        mark(
            "The hub at {host} has a newer list of this desk than the one that was sent; it keeps the newer one. Sync again."
        ),
    ),
    "CH005": (
        HubRefusedError,
        mark(
            "The hub at {host} takes no more from this desk: a limit that no event reaches. Ask whoever keeps the hub."
        ),
    ),
    "CH007": (HubError, mark("The hub at {host} lacks a part of the list. It is sent again with the next sync.")),
    "3F000": (
        HubUrlError,
        mark(
            "There is no hub of Check-in in this database at {host}. Whoever keeps it makes one with “checkin hub init”."
        ),
    ),
    "42501": (
        HubRefusedError,
        mark(
            "The hub at {host} does not allow this desk’s role to do that. Ask whoever keeps the hub to enrol it anew."
        ),
    ),
    "53300": (HubUnreachableError, mark("The hub at {host} is busy or starting. It is tried again by itself.")),
    "53100": (
        HubUnreachableError,
        mark("The hub at {host} has no room left. Tell whoever keeps the hub; it is tried again by itself."),
    ),
    "57014": (HubUnreachableError, mark("The hub at {host} was too slow to answer. It is tried again by itself.")),
    "57P01": (HubUnreachableError, mark("The hub at {host} went away in the middle. It is tried again by itself.")),
}
_SAME: Final = {
    "28000": "28P01", "3D000": "3F000", "42883": "3F000", "42P01": "3F000", "57P03": "53300", "40001": "53300",
    "40P01": "53300", "53200": "53300", "53400": "53300", "55P03": "57014", "57P02": "57P01", "57P05": "57P01",
    "25006": "53300",
}  # fmt: skip


def of_code(code: str, host: str) -> HubError:
    """Return the error for a SQLSTATE, the server's or one of our functions'."""
    code = code if re.fullmatch(r"[0-9A-Z]{5}", code) else "?"
    known = "57P01" if code.startswith("08") else _SAME.get(code, code)
    kind, words = _OF_CODE.get(
        known,
        (HubError, mark("The hub at {host} answered with an error that is not known here (code {code}).")),
    )
    return kind(_sentence(words, host=host, code=code))


def unreachable(host: str, why: str) -> HubUnreachableError:
    """Return the error for a network that does not carry. `why`: of WHY."""
    return HubUnreachableError(
        _sentence(
            mark("The hub at {host} cannot be reached: {why}. It is tried again by itself."), host=host, why=_(why)
        )
    )


NO_ANSWER: Final = mark("no answer in time")
NOT_THERE: Final = mark("nothing listens there")
NO_NAME: Final = mark("its name is not known on this network")
NO_WAY: Final = mark("there is no way to it from this network")
BROKE: Final = mark("the connection broke")


def of_network(error: BaseException, host: str) -> HubUnreachableError:
    """Return the error for what a socket said."""
    if isinstance(error, TimeoutError):
        return unreachable(host, NO_ANSWER)
    if isinstance(error, (ConnectionRefusedError, FileNotFoundError)):
        return unreachable(host, NOT_THERE)
    if isinstance(error, ConnectionError):
        return unreachable(host, BROKE)
    return unreachable(host, NO_WAY)


def no_tls(host: str) -> HubRefusedError:
    """Return the error for a server that would speak in clear only."""
    return HubRefusedError(
        _sentence(
            mark("The server at {host} offers no TLS, so nothing was sent. Ask whoever keeps the hub."), host=host
        )
    )


def too_old(host: str) -> HubUrlError:
    """Return the error for a PostgreSQL that lacks what the hub needs."""
    return HubUrlError(_sentence(mark("A hub needs PostgreSQL 14 or newer; the server at {host} is older."), host=host))


def no_postgres(host: str) -> HubUrlError:
    """Return the error for something that speaks another language."""
    return HubUrlError(_sentence(mark("What answers at {host} is no PostgreSQL hub. Compare the address."), host=host))


def other_event(host: str) -> HubRefusedError:
    """Return the error for the hub of another event."""
    return HubRefusedError(
        _sentence(
            mark("The hub at {host} belongs to another event, so nothing was sent. Choose this event’s hub."), host=host
        )
    )


def closed(host: str) -> HubError:
    """Return the error for a call after `close`."""
    return HubError(_sentence(mark("The connection to the hub at {host} was ended. Sync again."), host=host))


def newer(host: str) -> HubRefusedError:
    """Return the error for a hub that a newer program has set up."""
    return HubRefusedError(
        _sentence(
            mark(
                "The hub at {host} needs a newer Check-in. What was scanned here is sent; update to see the other desks."
            ),
            host=host,
        )
    )


def not_signed() -> HubRefusedError:
    """Return the error for something that no desk of this event has signed."""
    return HubRefusedError(_("This was not signed by a desk of this event; the hub was not asked."))


_NAMES: Final = {62, 64}
"""OpenSSL: the certificate is for another host name, another IP address."""
_NOT_YET: Final = 9
_ENDED: Final = 10


def of_certificate(error: ssl.SSLCertVerificationError, host: str, shown: Callable[[], bytes]) -> HubError:
    """Return the error for a certificate that does not hold. `shown` fetches it, DER; it is used for its dates only."""
    if error.verify_code in _NAMES:
        words = mark(
            "The certificate at {host} is for another name, so nothing was sent. Compare the address with the enrolment:"
            " somebody may stand in between."
        )
        return HubRefusedError(_sentence(words, host=host))
    if error.verify_code in {_NOT_YET, _ENDED}:
        return _out_of_time(error.verify_code == _ENDED, host, shown)
    words = mark(
        "The certificate at {host} does not come from the authority that this desk trusts, so nothing was sent. Ask whoever"
        " keeps the hub to enrol the desk anew."
    )
    return HubRefusedError(_sentence(words, host=host))


def _out_of_time(ended: bool, host: str, shown: Callable[[], bytes]) -> HubError:
    try:
        certificate = x509.load_der_x509_certificate(shown())
        limit = certificate.not_valid_after_utc if ended else certificate.not_valid_before_utc
    except (OSError, ValueError):
        return unreachable(host, BROKE)
    words = (
        mark("The certificate of the hub at {host} ended on {date} and this laptop’s clock says {now}.")
        if ended
        else mark("The certificate of the hub at {host} begins on {date} and this laptop’s clock says {now}.")
    )
    said = _(words).format(host=host, date=_utc(limit), now=_utc(datetime.now(UTC)))
    hint = _("Set the clock if it is wrong; else whoever keeps the hub renews the certificate.")
    return HubRefusedError(f"{said} {hint} {_(SAFE)}")


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _sentence(words: str, **parts: str) -> str:
    return f"{_(words).format(**parts)} {_(SAFE)}"
