"""A device that a test controls.

Reads one refresh per line as JSON (url, headers), and writes its result as one line of JSON.
"""

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
