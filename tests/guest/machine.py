# A guest that runs commands, and the monitor of its QEMU.
# SPDX-License-Identifier: GPL-2.0-or-later
"""A guest that runs commands, and the monitor of its QEMU."""

import base64
import re
import subprocess

from guest import ARGUMENTS, GuestError, System, check_af_alg
from monitor import Monitor, wait_for
from talk import Talk


class Machine(System):
    """A virtual machine that runs lines of shell."""

    # The statistics that may count errors, because the guest makes some
    wrong = frozenset()

    def __init__(self, build, suite, name):
        super().__init__(build, suite, name)
        self.accel = "tcg"
        self.af_alg = False     # whether AF_ALG reaches the device
        self.process = self.monitor = self.talk = None

    def devices(self):
        """The part of the command line that it has of its own."""
        raise NotImplementedError

    def arguments(self):
        """The kernel's command line."""
        return ARGUMENTS

    def command(self):
        """QEMU's command line."""
        return self.machine(self.accel) + [
            "-initrd", self.initramfs, "-append", self.arguments(),
            "-serial", f"file:{self.console}",
            "-chardev", f"socket,id=report,path={self.dir}/report",
            "-serial", "chardev:report",
            "-qmp", f"unix:{self.dir}/monitor,server=on,wait=off",
            *self.devices()]

    def start(self):
        """Start QEMU."""
        self.accel = "kvm" if self.kvm_works() else "tcg"
        for name in "monitor", "report":
            (self.dir / name).unlink(missing_ok=True)
        self.talk = Talk(self.dir / "report")
        with open(self.stderr, "wb") as stderr:
            self.process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL,
                stdout=stderr, stderr=stderr)
        self.monitor = Monitor(self.dir / "monitor", self.process)
        self.talk.accept()

    def boot(self, report):
        """Wait for it to boot; returns its reports."""
        seen = self.talk.read("done")
        release, = [words[1] for words in seen if words[0] == "kernel"]
        report.check(True, "Linux", f"{release} ({self.accel})")
        self.af_alg = check_af_alg(report, release, seen)
        return seen

    def order(self, order):
        """Have the guest run a line of shell; returns its output."""
        seen, status = self.talk.order(order)
        if status:
            raise GuestError(f"{order}: status {status}")
        return seen

    def run(self, commands):
        """Have the guest run a script; its output, with single blanks."""
        script = base64.b64encode(commands.encode()).decode()
        seen, status = self.talk.order(
            f"echo {script} | base64 -d | sh -e >&3 2>&1")
        printed = "\n".join(" ".join(words) for words in seen)
        if status:
            raise GuestError(f"status {status}: {printed}")
        return printed

    def measure(self, backend, commands):
        """Run it; returns its output, and how much the statistics grew.
        """
        before = self.count(backend)
        printed = self.run(commands)
        after = self.count(backend)
        return printed, {name: after[name] - before[name] for name in after}

    def end(self):
        """Have the guest power itself off."""
        self.talk.line.sendall(b"poweroff -f\n")
        wait_for("end", lambda: self.process.poll() is not None)

    def stop(self):
        """End it, wherever it is."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def count(self, backend):
        """A backend's statistics by name; nothing else may have gone wrong."""
        answer = self.monitor.run("query-stats", target="cryptodev",
                                  providers=[{"provider": "cryptodev"}])
        stats, = [{stat["name"]: stat["value"] for stat in entry["stats"]}
                  for entry in answer
                  if entry["qom-path"] == f"/objects/{backend}"]
        wrong = [name for name, value in stats.items()
                 if value and re.search("-errors$|^rejected-", name)
                 and name not in self.wrong]
        if wrong:
            raise GuestError(f"{backend}: {' '.join(wrong)}")
        return stats
