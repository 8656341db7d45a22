"""One client process of the test of concurrent bookings: its attempts, each on a connection of its own, all at once.

`python -m tests.scheduling.attempts`; what to attempt comes as JSON on the standard input, what became of it leaves as
JSON. It needs neither Django nor the database: it is a browser.
"""

import http.client
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

PATIENCE = 300  # seconds: two hundred at once wait in line, and asking again would only lengthen it
TRIES = 60  # a worker that was killed drops its connections: the same request is sent again, with the same key


def attempt(port: int, cookies: str, path: str, fields: dict[str, str]) -> dict[str, Any]:
    """Send one form until it is answered, and return the answer; how many times it was cut short."""
    cut = 0
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request(
                "POST", path, urlencode(fields),
                {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies},
            )  # fmt: skip
            answer = connection.getresponse()
            return {"status": answer.status, "body": answer.read().decode(), "cut": cut}
        except (OSError, http.client.HTTPException):
            cut += 1
            if cut == TRIES:
                raise
        finally:
            connection.close()


def main() -> None:
    asked = json.load(sys.stdin)
    forms = asked["forms"]
    with ThreadPoolExecutor(len(forms)) as pool:
        done = [pool.submit(attempt, asked["port"], asked["cookies"], form["path"], form["fields"]) for form in forms]
        json.dump([each.result() for each in done], sys.stdout)


if __name__ == "__main__":
    main()
