"""The kinds of codes that can be read."""

from __future__ import annotations

from typing import Final, Literal

Symbology = Literal["QRCode", "Aztec", "DataMatrix", "PDF417", "Code128"]

QR_ONLY: Final[frozenset[Symbology]] = frozenset({"QRCode"})
"""What a desk reads where its event says nothing else."""
