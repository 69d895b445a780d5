"""The device side of differential sync (docs/sync.md). Standard library only; one process per storage."""

import base64
import hashlib
import http.client
import json
import re
import time
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes, urlsplit

import json_patch
from canonical_json import canonical, parse

TAG = re.compile(r'(?:W/)?"([A-Za-z0-9_-]{24})(?:-[a-z0-9]+)?"')
ANY_TAG = re.compile(r'(?:W/)?"([^"]+)"')
LATER = {408, 425, 429}
LONGEST_RETRY_AFTER_MS = 3_600_000


class SyncFailed(Exception):
    """The server refused the request, or there was neither a usable answer nor a stored view.

    `why` has reason, status and retryAfterMs.
    """

    def __init__(self, why):
        super().__init__(why["reason"])
        self.why = why


class Unusable(Exception):
    """The answer is not from our server, or was damaged on its way."""


def fetch(url, headers, timeout=20):
    """Sends one GET. Raises when the answer does not arrive completely.

    Does not follow redirects, because our server sends none.
    """
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=timeout)
    try:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode("utf-8", "replace")
    finally:
        connection.close()


class SyncClient:
    """Stores the views of one signed-in user in a mapping of texts."""

    def __init__(self, storage, fetch=fetch):
        self.storage = storage
        self.fetch = fetch

    def refresh(self, url, headers=None):
        """Refreshes a view. Raises SyncFailed.

        Returns view, outcome, degraded, and the reason if there was no usable answer.
        """
        kept = self.kept(url)
        reading = self._ask(url, headers or {}, kept, kept and kept["token"])
        # The answer was not usable, but the answer to an unconditional request may be.
        if reading.get("reason") == "foreign" and reading["status"] < 400:
            reading = self._ask(url, headers or {}, kept, None)
        if "reason" in reading:
            if kept is None or reading["reason"] == "refused":
                raise SyncFailed(reading)
            reading.pop("status", None)
            return {"view": kept["view"], "outcome": "kept", "degraded": [], **reading}
        token, keep = reading.pop("token"), reading.pop("keep")
        if keep and (token is None or kept is None or token != kept["token"]):
            # Stored as one text, so that the token always identifies exactly this view.
            self.storage[url] = json.dumps({"view": reading["view"], "token": token})
        return reading

    def kept(self, url):
        """Returns the stored view and token of a URL; None if there are none, or if the text is damaged."""
        try:
            kept = parse(self.storage[url])
            return {"view": kept["view"], "token": kept["token"]} if isinstance(kept["view"], dict) else None
        except (KeyError, TypeError, ValueError):
            return None

    def _ask(self, url, headers, kept, token):
        # An HTTP cache must neither answer the request nor add a condition to it.
        headers = {**headers, "Cache-Control": "no-cache, no-store", "A-IM": "json-patch"}
        if token:
            headers["If-None-Match"] = f'"{token}"'
        try:
            status, fields, body = self.fetch(url, headers)
        except (OSError, http.client.HTTPException):
            return {"reason": "offline"}
        if status >= 400:
            return refusal(status, fields, body)
        try:
            return read(status, fields, body, kept, token)
        except (Unusable, ValueError, RecursionError):
            return {"reason": "foreign", "status": status}


def read(status, fields, body, kept, token):
    """Reads an answer with a status below 400. Raises when it is not usable."""
    if status == 304 and token:
        view, outcome, new, degraded = kept["view"], "unchanged", token_of(fields.get("ETag")) or token, []
        return {"view": view, "outcome": outcome, "degraded": degraded, "token": new, "keep": True}
    if status == 226 and token:
        return read_patch(fields, body, kept["view"], token)
    if status == 200:
        return read_full(fields, body, kept)
    raise Unusable(f"status {status}")


def read_patch(fields, body, base, token):
    new = token_of(fields.get("ETag"))
    if fields.get("IM") != "json-patch" or new is None or token_of(fields.get("Delta-Base")) != token:
        raise Unusable("the patch has another base")
    view = json_patch.apply(base, parse(body))
    if not isinstance(view, dict) or fields.get("Sync-Digest") != f"sha-256=:{digest(view)}:":
        raise Unusable("the patched view does not match its digest")
    outcome = "unchanged" if new == token else "patched"
    degraded = members(fields.get("Sync-Keep"))
    return {"view": view, "outcome": outcome, "degraded": degraded, "token": new, "keep": True}


def read_full(fields, body, kept):
    if content_type(fields) != "application/json":
        raise Unusable("the content type is not application/json")
    view = parse(body)
    meta = view.pop("_meta", None) if isinstance(view, dict) else None
    is_degraded = bool(fields.get("BFF-Degraded"))
    if not isinstance(meta, dict) or not is_ours(meta, None if is_degraded else fields.get("ETag", "")):
        raise Unusable("the answer is foreign")
    degraded = members(fields.get("Sync-Keep"))
    full = {"view": view, "outcome": "full", "degraded": degraded, "token": None, "keep": True}
    if not is_degraded:
        return {**full, "token": token_of(fields.get("ETag"))}
    if kept is None:
        return {**full, "keep": False}
    if not degraded:
        # The stored view must not be shown under the changed policy.
        return full if fields.get("Sync-Reset") == "policy-changed" else {"reason": "degraded", "status": 200}
    for name in degraded:
        view.pop(name, None)
        if name in kept["view"]:
            view[name] = kept["view"][name]
    return full


def is_ours(meta, tag):
    """Returns whether an answer is from our server, by the `_meta` of its view.

    A complete view has the tag of the answer there, a degraded view (tag None) has `complete: false`.
    """
    if tag is None:
        return meta.get("complete") is False
    opaque = ANY_TAG.fullmatch(tag)
    etag = meta.get("etag")
    return opaque is not None and isinstance(etag, str) and opaque[1].startswith(etag)


def refusal(status, fields, body):
    """Classifies an answer of 400 or above. A 4xx without problem details is foreign (a captive portal)."""
    try:
        is_problem = content_type(fields) == "application/problem+json" and isinstance(parse(body), dict)
    except (ValueError, RecursionError):
        is_problem = False
    later = status >= 500 or status in LATER
    reason = "unavailable" if later else "refused" if is_problem else "foreign"
    wait = retry_after_ms(fields.get("Retry-After"), fields.get("Date"))
    return {"reason": reason, "status": status, **({} if wait is None else {"retryAfterMs": wait})}


def token_of(tag):
    """Returns the token of an entity tag, without W/ and coding suffix; None if the tag is not a token."""
    match = TAG.fullmatch(tag or "")
    return match and match[1]


def members(field):
    """Returns the member names in a Sync-Keep field. Raises ValueError for a broken percent-encoding."""
    names = re.findall(r'"([^"]*)"', field or "")
    if any(re.search("%(?![0-9A-Fa-f]{2})", name) for name in names):
        raise ValueError("a broken percent-encoding")
    return [unquote_to_bytes(name).decode("utf-8") for name in names]


def retry_after_ms(field, date):
    """Returns the wait in milliseconds, an hour at most. A date is compared with the server's own clock."""
    try:
        if re.fullmatch("[0-9]+", field or ""):
            ms = int(field) * 1000
        else:
            now = parsedate_to_datetime(date).timestamp() if date else time.time()
            ms = round((parsedate_to_datetime(field).timestamp() - now) * 1000)
    except (TypeError, ValueError):
        return None
    return min(ms, LONGEST_RETRY_AFTER_MS) if ms > 0 else None


def content_type(fields):
    return (fields.get("Content-Type") or "").split(";")[0].strip().lower()


def digest(view):
    return base64.b64encode(hashlib.sha256(canonical(view).encode("utf-8")).digest()).decode("ascii")
