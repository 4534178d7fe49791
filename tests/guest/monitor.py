# QEMU's monitor, as the tests that boot a guest use it.
# SPDX-License-Identifier: GPL-2.0-or-later
"""QEMU's monitor, as the tests that boot a guest use it."""

import json
import socket
import time

from guest import GuestError

TIMEOUT = 120           # seconds; for a boot, or for a migration
POLL = 0.02             # seconds


def wait_for(what, condition):
    """Wait until a condition holds; returns its value."""
    deadline = time.monotonic() + TIMEOUT
    while not (result := condition()):
        if time.monotonic() > deadline:
            raise GuestError(f"{what}: not within {TIMEOUT} s")
        time.sleep(POLL)
    return result


class Monitor:
    """A connection to the monitor of a process that has just been started."""

    def __init__(self, path, process):
        self.socket = socket.socket(socket.AF_UNIX)
        wait_for("monitor", lambda: self.connect(path, process))
        self.file = self.socket.makefile("rw")
        self.file.readline()
        self.run("qmp_capabilities")

    def connect(self, path, process):
        """Whether it is connected; the socket is there before QEMU listens."""
        try:
            self.socket.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            if process.poll() is not None:
                raise
            return False
        return True

    def run(self, command, **arguments):
        """Run a command; returns its answer."""
        json.dump({"execute": command, "arguments": arguments}, self.file)
        self.file.flush()
        while True:
            answer = json.loads(self.file.readline() or "{}")
            if "return" in answer:
                return answer["return"]
            if "event" not in answer:
                raise GuestError(f"{command}: {answer}")

    def close(self):
        """End the connection."""
        self.file.close()
        self.socket.close()
