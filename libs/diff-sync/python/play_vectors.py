"""Runs the test vectors against this client: `python3 play_vectors.py`.

Prints the number of checks by file, and the failures. Exits with 1 if a check failed.
"""

import base64
import hashlib
import json
import pathlib
import struct
import sys
from email.message import Message

import json_patch
import sync_client
from canonical_json import canonical, number, parse
from sync_client import SyncClient, SyncFailed

FOLDER = pathlib.Path(__file__).parent.parent / "vectors"
counts = {}
failed = []


def check(file, title, got, wanted):
    counts[file] = counts.get(file, 0) + 1
    if not json_patch.equal(got, wanted):
        failed.append({"file": file, "title": title, "got": got, "wanted": wanted})


def attempt(action, refused=None):
    """Returns the result of the action, or `refused` when it raises ValueError."""
    try:
        return action()
    except ValueError:
        return refused


def play_canonical_json(file, vectors):
    for bits, text in vectors["numbers"]:
        (value,) = struct.unpack(">d", bytes.fromhex(bits))
        check(file, bits, attempt(lambda: number(value)), text)
    for each in vectors["documents"]:
        text = canonical(parse(each["input"]))
        check(file, each["title"], text, each["canonical"])
        sha = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
        check(file, f"{each['title']}: digest", sha, each["digest"])
    for text in vectors["refused"]:
        check(file, text, attempt(lambda: canonical(parse(text)), "refused"), "refused")


def play_json_patch(file, vectors):
    for each in vectors["patches"]:
        before = canonical(each["document"])
        result = attempt(lambda: {"result": json_patch.apply(each["document"], each["patch"])}, "refused")
        check(file, each["title"], result, "refused" if each.get("refused") else {"result": each["result"]})
        check(file, f"{each['title']}: the document", canonical(each["document"]), before)


def play_fields(file, vectors):
    for field, token in vectors["etag"]:
        check(file, field, sync_client.token_of(field), token)
    for field, names in vectors["syncKeep"]:
        check(file, field, attempt(lambda: sync_client.members(field)), names)
    for field, date, ms in vectors["retryAfter"]:
        check(file, field, sync_client.retry_after_ms(field, date), ms)


def play_transcripts(file, vectors):
    url = vectors["url"]
    for transcript in vectors["transcripts"]:
        storage = {}
        for position, refresh in enumerate(transcript["refreshes"]):
            title = f"{transcript['title']}, refresh {position + 1}"
            script = Script(refresh["exchanges"])
            client = SyncClient(storage, script.fetch)
            try:
                outcome = {"shows": client.refresh(url)}
            except SyncFailed as error:
                outcome = {"fails": error.why}
            expected = {name: refresh[name] for name in ("shows", "fails") if name in refresh}
            check(file, title, outcome, expected)
            check(file, f"{title}: requests", script.sent, [each["request"] for each in refresh["exchanges"]])
            check(file, f"{title}: stored view", client.kept(url), refresh["keeps"])


class Script:
    """Returns the answers of a transcript one after the other, and records the requests."""

    def __init__(self, exchanges):
        self.exchanges = exchanges
        self.sent = []

    def fetch(self, url, headers):
        answer = self.exchanges[len(self.sent)]["answer"]
        self.sent.append(headers)
        if answer == "lost":
            raise OSError("lost")
        fields = Message()
        for name, value in answer["headers"].items():
            fields[name] = value
        return answer["status"], fields, answer["body"]


players = {
    "canonical-json.json": play_canonical_json,
    "json-patch.json": play_json_patch,
    "fields.json": play_fields,
    "transcripts.json": play_transcripts,
}
for path in sorted(FOLDER.glob("*.json")):
    players[path.name](path.name, parse(path.read_text("utf-8")))
json.dump({"counts": counts, "failed": failed}, sys.stdout, indent=1)
sys.exit(1 if failed else 0)
