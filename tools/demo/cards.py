"""Things that guests hold up: badges of this event, badges of others, a leaflet. Drawn flat, 840 x 1190 pixels."""

from __future__ import annotations

from typing import Final

import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .people import Person
from .roster import CATEGORIES
from .text import centred, fitted, font, wrapped

WIDTH: Final = 840
HEIGHT: Final = 1190
MARGIN: Final = 50
SCALE: Final = 2
"""Corners are drawn twice as large and made smaller, so that they are smooth."""

Picture = NDArray[np.uint8]
"""Height x width x 4: BGR and opacity."""


def badge(person: Person, payload: str, colour: str, *, numeric: bool = True) -> Picture:
    """Return the badge of a person. `colour`: their category's. `numeric`: our own token, else a foreign code."""
    card = _blank("#fdfdfb")
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 96, WIDTH, 262), fill="#16365f")
    draw.rectangle((0, 262, WIDTH, 272), fill="#c8993a")
    centred(card, "ASEAN SOCIAL PROTECTION 2014", 154, font("sarabun", 46, True), "#ffffff")
    centred(card, "การคุ้มครองทางสังคมเพื่อประชาคมอาเซียน · 8–9 ก.ค. 2557", 222, font("sarabun", 31, False), "#dbe6f3")
    y = 358
    if person.name_local:
        centred(card, person.name_local, y, fitted(person.name_local, 70, WIDTH - 2 * MARGIN, bold=True), "#111827")
        y += 84
    if person.name:
        size = 54 if person.name_local else 72
        centred(card, person.name, y, fitted(person.name, size, WIDTH - 2 * MARGIN, bold=True), "#111827")
        y += 66
    y = max(y, 468)
    face = fitted(person.organisation, 36, (WIDTH - 2 * MARGIN) * 2)
    for line in wrapped(person.organisation, face, WIDTH - 2 * MARGIN)[:2]:
        centred(card, line, y, face, "#374151")
        y += 44
    centred(card, person.country, max(y, 540), font("sarabun", 36, False), "#6b7280")
    _code(card, payload, (WIDTH // 2, 806), 470, numeric=numeric)
    draw.rectangle((0, 1044, WIDTH, HEIGHT), fill=colour)
    centred(card, CATEGORIES[person.category], 1080, font("sarabun", 46, True), "#ffffff")
    return _finish(card, slot=True)


def other_event(payload: str) -> Picture:
    """Return the badge of a guest who still wears that of another conference."""
    card = _blank("#ffffff")
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, WIDTH, 330), fill="#0f5132")
    draw.polygon([(0, 331), (WIDTH, 285), (WIDTH, 331)], fill="#ffffff")
    centred(card, "REGIONAL LABOUR", 150, font("sarabun", 64, True), "#ffffff")
    centred(card, "STATISTICS FORUM", 222, font("sarabun", 64, True), "#ffffff")
    centred(card, "PARTICIPANT", 400, font("sarabun", 60, True), "#0f5132")
    centred(card, "12–13 June 2014", 465, font("sarabun", 38, False), "#4b5563")
    _code(card, payload, (WIDTH // 2, 780), 470, numeric=True)
    draw.rectangle((0, 1080, WIDTH, HEIGHT), fill="#e5e7eb")
    return _finish(card, slot=True)


def visitor_card(payload: str) -> Picture:
    """Return a visitor's card of the building: a code, but none of the roster."""
    card = _blank("#fffdf5")
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 96, WIDTH, 300), fill="#b45309")
    centred(card, "VISITOR", 200, font("sarabun", 110, True), "#ffffff")
    centred(card, "ผู้มาติดต่อ", 370, font("sarabun", 64, True), "#1f2937")
    _code(card, payload, (WIDTH // 2, 720), 470, numeric=False)
    centred(card, payload, 1020, font("sarabun", 48, False), "#374151")
    return _finish(card, slot=True)


def leaflet(payload: str) -> Picture:
    """Return a leaflet with a web address in its code."""
    card = _blank("#0c4a6e")
    draw = ImageDraw.Draw(card)
    for n in range(9):
        draw.ellipse((420 - 90 * n, -260 - 60 * n, 1180 + 40 * n, 420 + 34 * n), outline="#14639a", width=10)
    centred(card, "Bangkok by river", 180, font("sarabun", 92, True), "#ffffff")
    centred(card, "ล่องเรือชมเมือง", 290, font("sarabun", 64, False), "#bae6fd")
    draw.rounded_rectangle((150, 420, WIDTH - 150, 960), 40, fill="#ffffff")
    _code(card, payload, (WIDTH // 2, 690), 460, numeric=False)
    centred(card, "Scan for the timetable", 1040, font("sarabun", 48, False), "#e0f2fe")
    return _finish(card, slot=False)


def _blank(colour: str) -> Image.Image:
    return Image.new("RGB", (WIDTH, HEIGHT), colour)


def _code(card: Image.Image, payload: str, centre: tuple[int, int], side: int, *, numeric: bool) -> None:
    """Draw the QR code, `side` pixels with its quiet zone of four modules: version 2, level Q for our own token."""
    code = (
        segno.make_qr(payload, version=2, error="q", mode="numeric") if numeric else segno.make_qr(payload, error="m")
    )
    modules = np.array([[0 if cell else 255 for cell in row] for row in code.matrix_iter(border=4)], dtype=np.uint8)
    scale = side // len(modules)
    picture = Image.fromarray(modules.repeat(scale, 0).repeat(scale, 1))
    card.paste(picture, (centre[0] - picture.width // 2, centre[1] - picture.height // 2))


def _finish(card: Image.Image, *, slot: bool) -> Picture:
    """Round the corners, cut the slot for the strap and put a faint shine on the plastic."""
    mask = Image.new("L", (WIDTH * SCALE, HEIGHT * SCALE), 0)
    draw = ImageDraw.Draw(mask)
    draw.rounded_rectangle((0, 0, WIDTH * SCALE - 1, HEIGHT * SCALE - 1), 34 * SCALE, fill=255)
    if slot:
        box = ((WIDTH // 2 - 62) * SCALE, 38 * SCALE, (WIDTH // 2 + 62) * SCALE, 66 * SCALE)
        draw.rounded_rectangle(box, 14 * SCALE, fill=0)
    opacity = np.asarray(mask.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS))
    colours = np.asarray(card)[..., ::-1].astype(np.float32)
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    shade = 0.965 + 0.05 * np.cos((across / WIDTH - 0.35) * 2.2 + down / HEIGHT)
    return np.dstack([np.clip(colours * shade[..., None], 0, 255).astype(np.uint8), opacity])
