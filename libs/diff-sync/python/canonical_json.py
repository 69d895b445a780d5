"""Canonical JSON (RFC 8785), and a strict JSON parser."""

import json
import sys
from decimal import Decimal


def parse(text):
    """Parses JSON. Rejects NaN and Infinity, which the parser of Python accepts."""
    return json.loads(text, parse_constant=_refuse)


def canonical(value):
    """Returns the canonical text. Raises ValueError for lone surrogates and numbers that are not finite."""
    text = _text(value)
    text.encode("utf-8")
    return text


def _text(value):
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, list):
        return "[" + ",".join(map(_text, value)) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(f"{_text(name)}:{_text(value[name])}" for name in names) + "}"


def number(value):
    """Formats a double as ECMAScript does: the shortest digits; an exponent from 1e21 and below 1e-6."""
    if not abs(value) <= sys.float_info.max:
        raise ValueError("the number is not finite")
    # Rounds an integer beyond 2**53 to a double, as JavaScript does.
    value = float(value)
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    _, digits, exponent = Decimal(repr(abs(value))).as_tuple()
    digits = "".join(map(str, digits))
    point = len(digits) + exponent
    digits = digits.strip("0")
    if len(digits) <= point <= 21:
        return sign + digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{point - 1:+d}"


def _refuse(text):
    raise ValueError(f"{text} is not JSON")
