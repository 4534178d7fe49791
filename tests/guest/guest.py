# Common parts of the tests that boot a guest.
# SPDX-License-Identifier: GPL-2.0-or-later
"""Common parts of the tests that boot a guest."""

import argparse
import fcntl
import os
from pathlib import Path
import platform
import re
import subprocess
import sys
import time

HERE = Path(__file__).resolve().parent

# The kernel's command line, of which each test has some more.  Timer interrupts
# may be late on a host that is busy.
ARGUMENTS = "console=ttyS0 loglevel=7 panic=-1 no_timer_check"
# The second is the option's name since Linux 6.16.
SELF_TESTS = (r"^(# CONFIG_CRYPTO_MANAGER_DISABLE_TESTS is not set|"
              r"CONFIG_CRYPTO_SELFTESTS=y)$")
KVM_TIMEOUT = 3         # seconds; a kernel that panics at once takes one
COMPLAINTS = re.compile(
    r"cut here|WARNING: CPU|BUG: |\bOops|Call Trace|general protection|"
    r"Kernel panic|detected stall|blocked for more than|"
    r"alg: .*fail|virtio_crypto.*(fail|error)")


# From that version on Linux has no accelerators for AF_ALG.
REFUSING = (7, 2)
REACHED = "virtio_crypto_aes_cbc"
REFUSED = f"{REACHED}: No such file or directory"


class GuestError(Exception):
    """A check has failed."""


class Report:
    """The lines that a person reads."""

    def __init__(self):
        self.color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self.begin = self.last = time.monotonic()
        self.failed = 0

    def paint(self, code, text):
        """The text in a color, where there are colors."""
        return f"\033[{code}m{text}\033[0m" if self.color else text

    def check(self, good, what, result):
        """One line for one thing that was looked at."""
        now = time.monotonic()
        mark = self.paint(32, "✓") if good else self.paint(31, "✗")
        print(f"  {mark} {what:<22} {result:<50} {now - self.last:5.1f} s",
              flush=True)
        self.last = now
        self.failed += not good

    def finish(self):
        """The last line."""
        took = f"{time.monotonic() - self.begin:.1f} s"
        if self.failed:
            print(self.paint(31, f"\n{self.failed} failed ({took})"))
        else:
            print(self.paint(32, f"\nAll is well ({took})"))


class System:
    """A virtual machine's kernel and initramfs, and where its files are."""

    extras = ()             # files and modules that it has besides

    def __init__(self, build, suite, name):
        self.qemu = build / "qemu-system-x86_64"
        self.system = build / "guest" / suite
        self.suite = suite
        self.dir = build / "guest" / name
        self.dir.mkdir(parents=True, exist_ok=True)
        self.initramfs = self.dir / "initramfs"
        self.console = self.dir / "console.log"
        self.stderr = self.dir / "qemu.log"

    def prepare(self):
        """Get or make the kernel and the initramfs."""
        with open(self.dir.parent / "lock", "wb") as lock:
            # Another test may be about to get the same.
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.get_system()
        subprocess.run(["cc", "-O2", "-Wall", "-Werror", "-static",
                        "-o", self.dir / "crypt", HERE / "crypt.c"],
                       check=True)
        subprocess.run([HERE / "make-initramfs", self.system,
                        self.dir / "crypt", self.initramfs, *self.extras],
                       check=True)
        self.console.write_bytes(b"")
        self.check_self_tests()

    def add_files(self, folder):
        """Append the contents of a folder to the initramfs."""
        archive = subprocess.run("find . | cpio --quiet -o -H newc",
                                 cwd=folder, shell=True, check=True,
                                 stdout=subprocess.PIPE).stdout
        with open(self.initramfs, "ab") as initramfs:
            initramfs.write(bytes(-initramfs.tell() % 4))
            initramfs.write(archive)

    def get_system(self):
        """Get the kernel, or say in a line why not."""
        run = subprocess.run([HERE / "get-system", self.system, self.suite],
                             stderr=subprocess.PIPE, text=True, check=False)
        if run.returncode:
            *_, reason = run.stderr.strip().splitlines() or ["unknown reason"]
            raise GuestError(f"there is no kernel of {self.suite}: {reason}")

    def check_self_tests(self):
        """"passed" means nothing where the kernel leaves the tests out."""
        config = (self.system / "config").read_text(encoding="ascii")
        if not re.search(SELF_TESTS, config, re.M):
            raise GuestError("the kernel has no self-tests for algorithms")

    def machine(self, accel):
        """The part of QEMU's command line that every run has."""
        return [
            self.qemu, "-accel", accel, "-machine", "q35", "-smp", "2",
            "-m", "512", "-nodefaults", "-display", "none", "-no-reboot",
            "-kernel", self.system / "kernel"]

    def read_console(self):
        """The lines of the kernel's log, and those that are complaints."""
        lines = self.console.read_text(errors="replace").splitlines()
        return lines, [line.strip() for line in lines
                       if COMPLAINTS.search(line)]

    def kvm_works(self):
        """Whether KVM runs a kernel: there are hosts where it only seems to.

        Without a root file system the kernel panics, which ends QEMU.
        """
        if not os.access("/dev/kvm", os.R_OK | os.W_OK):
            return False
        try:
            run = subprocess.run(
                self.machine("kvm") + ["-append", "panic=-1"],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, timeout=KVM_TIMEOUT, check=False)
        except subprocess.TimeoutExpired:
            return False
        return run.returncode == 0


def check_af_alg(report, release, seen):
    """AF_ALG reaches the device, or says why not: it does that up to Linux 7.1.

    Returns whether it reaches it.
    """
    answer, = [" ".join(words[1:]) for words in seen if words[0] == "af_alg"]
    version = tuple(map(int, re.findall(r"\d+", release)[:2]))
    wanted = REACHED if version < REFUSING else REFUSED
    report.check(answer == wanted, "AF_ALG", answer)
    return answer == REACHED


def check_log(report, guest):
    """The kernel did not complain."""
    lines, complaints = guest.read_console()
    report.check(bool(lines) and not complaints, "kernel's log",
                 complaints[0] if complaints
                 else f"no complaint in {len(lines)} lines")


def check_quiet(report, guest, accepted=None):
    """QEMU has printed no messages, except an accepted one."""
    said = [line for line in
            guest.stderr.read_text(errors="replace").splitlines()
            if not accepted or not line.endswith(accepted)]
    report.check(not said, "QEMU", said[0] if said else "no messages"
                 if not accepted else f"no messages but \"{accepted}\"")


def own_suite():
    """The code name of this machine's Debian."""
    return platform.freedesktop_os_release()["VERSION_CODENAME"]


def run_test(description, make_guest, function):
    """Parse the command line, call function(report, guest), tell how it went.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("build", type=Path, help="the build folder")
    parser.add_argument("--suite", default=own_suite(),
                        help="the Debian suite whose kernel to boot "
                        "(default: this machine's, %(default)s)")
    args = parser.parse_args()

    report = Report()
    guest = make_guest(args.build.resolve(), args.suite)
    try:
        function(report, guest)
    except (GuestError, subprocess.CalledProcessError, OSError) as error:
        report.check(False, "error", str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    report.finish()
    if report.failed:
        print(f"The console's log: {guest.console}")
        sys.exit(1)
