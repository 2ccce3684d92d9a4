"""The few words of the Internet Printing Protocol that a desk needs (RFC 8010): values to bytes and back.

Attributes are pairs of a tag and values when they are sent, plain Python values when they come back: int, bool, str,
(lower, upper) for a range, a dict for a collection. What is none of these is left out.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final


class Tag(IntEnum):
    """What a byte of a message announces: a group of attributes, or the kind of a value."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RANGE = 0x33
    BEGIN_COLLECTION = 0x34
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    MEMBER_NAME = 0x4A


_LAST_GROUP: Final = 0x0F
_INTEGERS: Final = (Tag.INTEGER, Tag.ENUM)
_TEXT_WITH_LANGUAGE: Final = (0x35, 0x36)
_TEXTS: Final = range(0x40, 0x50)
_DEPTH: Final = 8
"""Collections inside collections; CUPS uses two."""


class MalformedError(ValueError):
    """The bytes are no message of IPP."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute to send. The values of a collection are sequences of attributes."""

    tag: Tag
    name: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: its status and its groups of attributes, in the order in which they came."""

    status: int
    groups: list[tuple[int, dict[str, list[Any]]]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Say whether the request was done."""
        return self.status < 0x0100

    def found(self, group: Tag) -> list[dict[str, list[Any]]]:
        """Return the groups of one kind: a printer each, or a job each."""
        return [attributes for tag, attributes in self.groups if tag == group]

    def text(self, group: Tag, name: str) -> str:
        """Return the first value of an attribute as text; empty where there is none."""
        return next((str(found[name][0]) for found in self.found(group) if found.get(name)), "")


def encode(operation: int, groups: Sequence[tuple[Tag, Sequence[Attribute]]], request_id: int = 1) -> bytes:
    """Return the bytes of a request; a document follows them as it is."""
    parts = [struct.pack(">BBHI", 1, 1, operation, request_id)]
    for tag, attributes in groups:
        parts.append(bytes([tag]))
        parts += [_attribute(attribute) for attribute in attributes]
    parts.append(bytes([Tag.END]))
    return b"".join(parts)


def decode(data: bytes) -> Answer:
    """Read a response. Raises MalformedError."""
    try:
        return _Reader(data).answer()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise MalformedError(str(error)) from error


def _attribute(attribute: Attribute) -> bytes:
    parts = []
    for number, value in enumerate(attribute.values):
        name = attribute.name if number == 0 else ""  # one more value of the attribute before
        parts.append(_value(attribute.tag, name, value))
    return b"".join(parts)


def _value(tag: Tag, name: str, value: Any) -> bytes:
    if tag == Tag.BEGIN_COLLECTION:
        members = [
            _raw(Tag.MEMBER_NAME, "", member.name.encode("ascii"))
            + _attribute(Attribute(member.tag, "", member.values))
            for member in value
        ]
        return _raw(tag, name, b"") + b"".join(members) + _raw(Tag.END_COLLECTION, "", b"")
    if tag in _INTEGERS:
        return _raw(tag, name, struct.pack(">i", value))
    if tag == Tag.BOOLEAN:
        return _raw(tag, name, bytes([bool(value)]))
    return _raw(tag, name, str(value).encode("utf-8"))


def _raw(tag: int, name: str, data: bytes) -> bytes:
    sign = name.encode("ascii")
    return struct.pack(">BH", tag, len(sign)) + sign + struct.pack(">H", len(data)) + data


class _Reader:
    """Walks over the bytes of a response."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def answer(self) -> Answer:
        _version, status, _request = struct.unpack(">HHI", self._take(8))
        made = Answer(status)
        values: list[Any] = []
        while (tag := self._take(1)[0]) != Tag.END:
            if tag <= _LAST_GROUP:
                made.groups.append((tag, {}))
                continue
            if not made.groups:
                raise MalformedError("a value stands before every group")
            name, data = self._field()
            if name:
                values = made.groups[-1][1].setdefault(name, [])
            self._add(values, tag, data)
        return made

    def _add(self, values: list[Any], tag: int, data: bytes, depth: int = 0) -> None:
        if tag == Tag.BEGIN_COLLECTION:
            values.append(self._collection(depth))
        elif (value := _read(tag, data)) is not None:
            values.append(value)

    def _collection(self, depth: int) -> dict[str, list[Any]]:
        if depth >= _DEPTH:
            raise MalformedError("too many collections inside each other")
        made: dict[str, list[Any]] = {}
        values: list[Any] = []
        while (tag := self._take(1)[0]) != Tag.END_COLLECTION:
            _name, data = self._field()
            if tag == Tag.MEMBER_NAME:
                values = made.setdefault(data.decode("ascii"), [])
            else:
                self._add(values, tag, data, depth + 1)
        self._field()
        return made

    def _field(self) -> tuple[str, bytes]:
        name = self._sized().decode("ascii")
        return name, self._sized()

    def _sized(self) -> bytes:
        (length,) = struct.unpack(">H", self._take(2))
        return self._take(length)

    def _take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) != count:
            raise MalformedError("the answer ends too early")
        self._at += count
        return taken


def _read(tag: int, data: bytes) -> Any:
    """Return one value; None for a kind that nobody here asks for."""
    if tag in _INTEGERS:
        return struct.unpack(">i", data)[0]
    if tag == Tag.BOOLEAN:
        return data != b"\0"
    if tag == Tag.RANGE:
        return struct.unpack(">ii", data)
    if tag in _TEXTS:
        return data.decode("utf-8", "replace")
    if tag in _TEXT_WITH_LANGUAGE:
        (skip,) = struct.unpack(">H", data[:2])
        return data[4 + skip :].decode("utf-8", "replace")
    return None
