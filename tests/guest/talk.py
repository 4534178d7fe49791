# The serial line to the guest's init, which reports and runs commands.
# SPDX-License-Identifier: GPL-2.0-or-later
"""The serial line to the guest's init, which reports and runs commands."""

import socket

from guest import GuestError

TIMEOUT = 240           # seconds; a boot under TCG takes about ten


class Talk:
    """A socket that QEMU connects the guest's second serial port to."""

    def __init__(self, path):
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen()
        self.listener.settimeout(TIMEOUT)
        self.lines = self.line = None

    def accept(self):
        """Wait for a QEMU that has just been started."""
        self.line = self.listener.accept()[0]
        self.line.settimeout(TIMEOUT)
        # pylint: disable=consider-using-with
        self.lines = self.line.makefile("r", encoding="utf-8",
                                        errors="replace")

    def follow(self, last):
        """Yield lines, each a list of words, up to one that starts with a word.
        """
        for line in self.lines:
            words = line.split()
            if words:
                yield words
            if words[:1] == [last]:
                return
        raise GuestError(f"the guest ended before it said {last}")

    def read(self, last):
        """All these lines."""
        return list(self.follow(last))

    def order(self, order):
        """Have the guest run a line of shell; its output and status."""
        self.line.sendall(f"{order}\n".encode())
        *seen, end = self.read("end")
        return seen, int(end[1])
