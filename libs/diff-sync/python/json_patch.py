"""JSON Patch (RFC 6902): all six operations, strict and atomic."""

import copy
import re

INDEX = re.compile(r"0|[1-9][0-9]*")


class PatchError(ValueError):
    """The patch is invalid, or does not fit the document."""


def apply(document, patch):
    """Returns the patched document. The document itself is never changed."""
    if not isinstance(patch, list):
        raise PatchError("a patch is an array")
    # The document becomes a member of an object, so that its root is a target like any other.
    holder = {"": copy.deepcopy(document)}
    for operation in patch:
        _apply(holder, operation)
    if "" not in holder:
        raise PatchError("the patch removes the document")
    return holder[""]


def _apply(holder, operation):
    if not isinstance(operation, dict):
        raise PatchError("an operation is an object")
    op = operation.get("op")
    path = _pointer(operation, "path")
    if op == "add":
        _add(holder, path, _value(operation))
    elif op == "remove":
        _remove(holder, path)
    elif op == "replace":
        value = _value(operation)
        parent, key = _existing(holder, path)
        parent[key] = value
    elif op == "move":
        source = _pointer(operation, "from")
        if len(source) < len(path) and path[: len(source)] == source:
            raise PatchError("a value cannot be moved into itself")
        _add(holder, path, _remove(holder, source))
    elif op == "copy":
        parent, key = _existing(holder, _pointer(operation, "from"))
        _add(holder, path, copy.deepcopy(parent[key]))
    elif op == "test":
        parent, key = _existing(holder, path)
        if not equal(parent[key], _value(operation)):
            raise PatchError("the test fails")
    else:
        raise PatchError("an unknown operation")


def _value(operation):
    if "value" not in operation:
        raise PatchError("the value is missing")
    return copy.deepcopy(operation["value"])


def _pointer(operation, name):
    """Returns the steps of a JSON Pointer (RFC 6901), beginning with the root of the holder."""
    text = operation.get(name)
    if not isinstance(text, str) or (text and text[0] != "/") or re.search("~(?![01])", text):
        raise PatchError("the pointer is malformed")
    return [step.replace("~1", "/").replace("~0", "~") for step in text.split("/")]


def _parent(holder, steps):
    value = holder
    for step in steps[:-1]:
        value = value[_existing_key(value, step)]
    return value


def _existing_key(parent, step):
    if isinstance(parent, dict) and step in parent:
        return step
    if isinstance(parent, list) and INDEX.fullmatch(step) and len(step) < 16 and int(step) < len(parent):
        return int(step)
    raise PatchError("the target does not exist")


def _existing(holder, steps):
    parent = _parent(holder, steps)
    return parent, _existing_key(parent, steps[-1])


def _add(holder, steps, value):
    parent = _parent(holder, steps)
    step = steps[-1]
    if isinstance(parent, dict):
        parent[step] = value
    elif not isinstance(parent, list):
        raise PatchError("the parent of the target is a scalar")
    elif step in ("-", str(len(parent))):
        parent.append(value)
    else:
        parent.insert(_existing_key(parent, step), value)


def _remove(holder, steps):
    parent, key = _existing(holder, steps)
    return parent.pop(key)


def equal(a, b):
    """Compares JSON values: true and 1 are different, although True == 1 in Python."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(equal(a[name], b[name]) for name in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(equal, a, b))
    return a == b
