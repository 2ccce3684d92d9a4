"""`decode SOURCE...`: read codes and judge nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checkin.cli._common import emit, json_option, say
from checkin.domain.event import SYMBOLOGIES
from checkin.errors import SourceError
from checkin.texts import escape

if TYPE_CHECKING:
    from checkin.scan import Code, Sighting
    from checkin.scan.symbologies import Symbology


@click.command("decode")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--symbologies",
    default="",
    metavar="KINDS",
    help=f"Kinds of codes to read besides QR, with commas between: {', '.join(SYMBOLOGIES)}; or all.",
)
@json_option
@click.pass_context
def decode_command(context: click.Context, sources: tuple[str, ...], symbologies: str, as_json: bool) -> None:
    """Read codes from pictures, folders, films or a camera number; nothing is looked up and nothing is counted."""
    from checkin.scan import available_decoders

    for status in available_decoders():
        if status.message:
            say(status.message)
    kinds = _kinds(symbologies)
    failed = False
    for spec in sources:
        try:
            for source, frame, code in _codes(spec, kinds):
                if as_json:
                    emit(code_json(source, frame, code))
                else:
                    click.echo(f"{source}\t{frame}\t{escape(code.text, 200)}")
        except SourceError as error:
            failed = True
            say(str(error))
    if failed:
        context.exit(1)


def code_json(source: str, frame: int, code: Code) -> dict[str, Any]:
    """Return the object of COMMANDS.md for one code in one frame."""
    return {
        "source": source,
        "frame": frame,
        "text": code.text,
        "format": code.format,
        "corners": [[round(x, 1), round(y, 1)] for x, y in code.corners],
    }


def _kinds(named: str) -> frozenset[Symbology]:
    """Return the kinds of codes that the option names, in any case. Raises click.BadParameter for one that is not there."""
    from checkin.scan.sources import with_qr

    known = {name.lower(): name for name in SYMBOLOGIES}
    asked = [name.strip().lower() for name in named.split(",") if name.strip()]
    if asked == ["all"]:
        asked = list(known)
    for name in asked:
        if name not in known and name != "qrcode":
            raise click.BadParameter(f"{name!r}: {', '.join(SYMBOLOGIES)}, all", param_hint="--symbologies")
    return with_qr(known[name] for name in asked if name in known)


def _codes(spec: str, kinds: frozenset[Symbology]) -> Iterator[tuple[str, int, Code]]:
    """Yield (source, frame number, code). Raises SourceError, at the end if pictures of a folder could not be read."""
    from checkin.scan import read_all

    for sighting in read_all(spec, kinds):
        for code in sighting.codes:
            yield *_place(spec, sighting), code


def _place(spec: str, sighting: Sighting) -> tuple[str, int]:
    """Return what to call the source and the frame: a picture in a folder is a source of its own."""
    path = Path(spec)
    if sighting.frame.name:
        return (str(path / sighting.frame.name) if path.is_dir() else spec), 0
    return spec, sighting.frame.index


COMMANDS = [decode_command]
