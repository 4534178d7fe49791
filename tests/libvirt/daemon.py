# A libvirt daemon of the test's own, and its client.
# SPDX-License-Identifier: GPL-2.0-or-later
"""A libvirt daemon of the test's own, and its client.

It is the one that a user has for his session: all its files are in a directory,
and it knows nothing of the machine's domains.
"""

import os
import subprocess
import time

TIMEOUT = 120           # seconds; no command takes more than some
NOBODY = "65534"


class DaemonError(Exception):
    """An error that libvirt reports."""


def leave_root():
    """The command that runs another one as a user who is not root.

    In a user namespace, it is a user who still can read root's files.  Without
    user namespaces, as in a container, it is "nobody", who must be able to read
    the build folder.
    """
    if os.geteuid():
        return []
    namespace = ["unshare", "--user", f"--map-user={NOBODY}",
                 f"--map-group={NOBODY}"]
    run = subprocess.run(namespace + ["true"], stderr=subprocess.DEVNULL,
                         check=False)
    return namespace if run.returncode == 0 else [
        "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


class Daemon:
    """The daemon."""

    def __init__(self, unpacked, folder):
        self.unpacked = unpacked
        self.root = unpacked / "root"
        self.folder = folder
        self.user = leave_root()
        self.log = folder / "libvirtd.log"
        self.process = None
        self.environment = os.environ | {
            "HOME": str(folder), "LC_ALL": "C",
            "LIBVIRT_DEFAULT_URI": "qemu:///session"}
        for kind in "RUNTIME_DIR", "CONFIG_HOME", "CACHE_HOME", "DATA_HOME":
            self.environment[f"XDG_{kind}"] = str(folder / kind.lower())
        libraries = self.root / "usr/lib/x86_64-linux-gnu"
        self.environment |= {
            "LD_LIBRARY_PATH":
                f"{libraries}:{self.root / 'lib' / libraries.name}",
            "LIBVIRT_DRIVER_DIR": str(libraries / "libvirt/connection-driver")}

    def give(self, *paths):
        """Let the daemon's user have files."""
        if "setpriv" in self.user:
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", *paths],
                           check=True)

    def start(self):
        """Start it, and wait until it answers."""
        runtime = self.folder / "runtime_dir"
        runtime.mkdir(mode=0o700)
        config = self.folder / "config_home/libvirt"
        config.mkdir(parents=True)
        # The daemon that would write QEMU's logs is not there.
        (config / "qemu.conf").write_text('stdio_handler = "file"\n')
        self.give(self.folder)
        with open(self.log, "wb") as log:
            # pylint: disable=consider-using-with
            self.process = subprocess.Popen(
                self.user + [self.root / "usr/sbin/libvirtd"],
                env=self.environment, cwd=self.unpacked,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        end = time.monotonic() + TIMEOUT
        while not (runtime / "libvirt/libvirt-sock").exists():
            if self.process.poll() is not None or time.monotonic() > end:
                raise DaemonError("libvirtd does not start:\n"
                                  f"{self.log.read_text()}")
            time.sleep(0.1)

    def virsh(self, *words):
        """Run a command of the client; returns its output."""
        run = subprocess.run(
            self.user + [self.root / "usr/bin/virsh", *words],
            env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            timeout=TIMEOUT, check=False)
        if run.returncode:
            raise DaemonError(f"virsh {' '.join(words)}: {run.stderr.strip()}")
        return run.stdout

    def stop(self):
        """End it, and all processes that it has started."""
        if self.process and self.process.poll() is None:
            for domain in self.virsh("list", "--name").split():
                self.virsh("destroy", domain)
            self.process.terminate()
            self.process.wait(TIMEOUT)
