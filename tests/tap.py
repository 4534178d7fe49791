# The Test Anything Protocol, which meson reads test cases from.
# SPDX-License-Identifier: GPL-2.0-or-later
"""The Test Anything Protocol, which meson reads test cases from."""

import sys


class Tap:
    """The results of a test program's cases."""

    def __init__(self):
        self.cases = 0
        self.failed = 0

    def case(self, good, name, why=""):
        """One case, and why it failed."""
        self.cases += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.cases} - {name}")
        if not good:
            for line in why.strip().splitlines():
                print(f"# {line}")
        sys.stdout.flush()

    def run(self, check, *arguments):
        """A case that is a function; its docstring is the case's name."""
        try:
            check(*arguments)
            why = ""
        except AssertionError as error:
            line = error.__traceback__.tb_next.tb_lineno
            why = f"line {line}: {str(error) or 'not so'}"
        self.case(not why, check.__doc__, why)

    def finish(self):
        """End the program; a test without cases is a failure."""
        if not self.cases:
            print("Bail out! no case ran")
        print(f"1..{self.cases}")
        sys.exit(1 if self.failed or not self.cases else 0)
