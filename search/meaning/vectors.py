"""How a vector is kept: 384 little-endian half floats, 768 bytes. Needs no library to be read."""

import struct
from collections.abc import Sequence
from math import sqrt

DIMENSIONS = 384
_FORMAT = struct.Struct(f"<{DIMENSIONS}e")
BYTES = _FORMAT.size


def packed(vector: Sequence[float]) -> bytes:
    return _FORMAT.pack(*vector)


def unpacked(raw: bytes | memoryview) -> list[float]:
    """Half precision moves a cosine by less than 0.001.

    Raises:
        struct.error: these are not 768 bytes.
    """
    return list(_FORMAT.unpack(raw))


def middle(several: Sequence[Sequence[float]]) -> list[float]:
    """What they have in common, of length 1."""
    summed = [sum(place) for place in zip(*several, strict=True)]
    length = sqrt(sum(number * number for number in summed)) or 1.0
    return [number / length for number in summed]
