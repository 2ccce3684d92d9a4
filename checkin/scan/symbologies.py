"""Which kinds of codes are looked for: QR codes, and others only where the event asks for them."""

from __future__ import annotations

from typing import Literal, get_args

Symbology = Literal["QRCode", "Aztec", "DataMatrix", "PDF417", "Code128"]
"""QR codes of model 2, and what boarding passes (Aztec, PDF417), parcels (Data Matrix) and other ticket systems use."""

QR_ONLY: frozenset[Symbology] = frozenset({"QRCode"})
ALL: frozenset[Symbology] = frozenset(get_args(Symbology))
