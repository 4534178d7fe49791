# A machine with a crypto device, by QEMU's own Python modules.
# SPDX-License-Identifier: GPL-2.0-or-later
"""A machine with a crypto device, by QEMU's own Python modules."""

from pathlib import Path
import sys
from time import monotonic, sleep

from driver import PATIENCE

BACKEND = "cryptodev-backend-gcrypt,id=c0"


def start_machine(build, source, backend="", device="", more=()):
    """Start it with more options; it is shut down by a "with" statement."""
    sys.path.insert(0, str(Path(source).resolve() / "python"))
    # pylint: disable=import-error,import-outside-toplevel
    from qemu.machine import QEMUQtestMachine
    machine = QEMUQtestMachine(f"{build}/qemu-system-x86_64")
    machine.set_machine("microvm")
    machine.add_args("-display", "none", "-nodefaults",
                     "-global", "virtio-mmio.force-legacy=false",
                     "-object", BACKEND + backend,
                     "-device", "virtio-crypto-device,cryptodev=c0" + device,
                     *more)
    machine.launch()
    return machine


def find_virtio(machine):
    """The path of the one virtio device, and its name."""
    devices = machine.cmd("x-query-virtio")
    assert len(devices) == 1, devices
    return devices[0]["path"], devices[0]["name"]


def await_status(machine, command, *expected):
    """Wait until a command tells of one of the statuses; all that it tells."""
    deadline = monotonic() + PATIENCE
    while True:
        answer = machine.cmd(command)
        if answer.get("status") in expected:
            return answer
        assert monotonic() < deadline, answer
        sleep(0.05)
