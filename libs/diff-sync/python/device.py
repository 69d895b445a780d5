"""A device of which a test decides when it refreshes: reads one JSON text a line (url, headers), writes what comes of it."""

import json
import sys

from sync_client import SyncClient, SyncFailed

client = SyncClient(storage={})
for line in sys.stdin:
    call = json.loads(line)
    try:
        result = {"shows": client.refresh(call["url"], call["headers"])}
    except SyncFailed as error:
        result = {"fails": error.why}
    print(json.dumps(result), flush=True)
