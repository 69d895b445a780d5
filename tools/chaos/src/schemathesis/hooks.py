"""Loaded by schemathesis: adds credentials, and drops findings that are not errors of the product.

Issued values cannot be generated from a document: a cursor, a code or a token that was never issued is rejected,
however well-formed it is. Each dropped finding is recorded with its reason, and `prove-openapi` prints the counts.
"""

import itertools
import json
import os
import re
import urllib.parse
import urllib.request

import schemathesis

CREDENTIALS_URL = os.environ["CREDENTIALS_URL"]
DROPPED_FILE = os.environ["DROPPED_FILE"]
IDEMPOTENCY_KEY = re.compile(r'^([A-Za-z0-9._~:+/=-]{1,255}|"([ !#-\[\]-~]|\\["\\]){1,255}")$')
numbers = itertools.count(1)


@schemathesis.auth(refresh_interval=None)
class Credentials:
    """Gets credentials from prove-openapi, which logs in at the tested BFF and renews expired credentials."""

    def get(self, case, context):
        with urllib.request.urlopen(f"{CREDENTIALS_URL}?{urllib.parse.urlencode({'path': case.operation.path})}") as answer:
            return json.load(answer)

    def set(self, case, data, context):
        headers = {**(case.headers or {}), **data}
        # A key used by an earlier case is rejected, so a valid key is replaced by a unique one.
        if IDEMPOTENCY_KEY.search(str(headers.get("Idempotency-Key", ""))):
            headers["Idempotency-Key"] = f'"case-{next(numbers)}"'
        # The transport requires both types, and a document cannot describe the field Accept.
        if case.operation.path == "/mcp":
            headers["Accept"] = "application/json, text/event-stream"
        case.headers = headers


def problem_of(response):
    try:
        body = json.loads(response.content)
    except ValueError:
        return None
    return body.get("type") or body.get("error")


def decodes_to_something_else(case):
    """Returns whether `return_to` changes when it is decoded.

    `parseReturnTo` decodes it as often as a proxy might; the regular expression in the document cannot.
    """
    return_to = str((case.query or {}).get("return_to", ""))
    return urllib.parse.unquote(return_to) != return_to or "/." in return_to


FORBIDDEN_NAMES = re.compile(r"(^|[.,])(__proto__|constructor|prototype)($|[.,\[])")

# Finding, method and path, condition, reason.
DROPPED = [
    ("RejectedPositiveData", r".* ", lambda case, answer: problem_of(answer) == "/problems/invalid-cursor",
     "a cursor that was never issued"),
    ("RejectedPositiveData", r".* ", lambda case, answer: problem_of(answer) == "/problems/invalid-return-to" and decodes_to_something_else(case),
     "a return address that differs when it is decoded"),
    ("RejectedPositiveData", r".* ", lambda case, answer: problem_of(answer) == "/problems/invalid-fields" and FORBIDDEN_NAMES.search(str((case.query or {}).get("fields", ""))),
     "a field selection with a forbidden name"),
    ("RejectedPositiveData", r"(PATCH|PUT|POST) ", lambda case, answer: b"cannot be kept exactly" in answer.content,
     "a number that a double cannot represent exactly, which JSON Schema cannot express"),
    ("RejectedPositiveData", r"POST /(auth|oauth)/backchannel-logout$", lambda case, answer: answer.status_code == 400,
     "a logout token that the provider did not sign"),
    ("RejectedPositiveData", r"POST /signals$", lambda case, answer: answer.status_code == 400,
     "a security event token that the transmitter did not sign"),
    ("MissingHeaderNotRejected", r"POST /signals$", lambda case, answer: b"authentication_failed" in answer.content,
     "400 instead of 401 for a request without credentials, as RFC 8935, section 2.4 requires"),
    ("RejectedPositiveData", r"GET /oauth/(authorize|callback)$", lambda case, answer: answer.status_code == 400,
     "a client that is not registered, or a login that was not started"),
    ("RejectedPositiveData", r"POST /oauth/(token|revoke|device_authorization|device)$", lambda case, answer: answer.status_code == 400,
     "a client that is not registered, or a code that was never issued"),
]  # fmt: skip


@schemathesis.serializer("application/secevent+jwt")
def security_event_token(context, value):
    """Sends a generated text as the token; no key signed it, so it is rejected."""
    return str(value).encode()


@schemathesis.hook
def filter_failure(context, failure, case, response):
    name = f"{case.operation.method.upper()} {case.operation.path}"
    for kind, operations, is_met, reason in DROPPED:
        if type(failure).__name__ == kind and re.match(operations, name) and is_met(case, response):
            with open(DROPPED_FILE, "a", encoding="utf-8") as file:
                file.write(f"{reason}\n")
            return False
    return True
