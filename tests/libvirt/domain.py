# A domain of libvirt's, made of the one in the reference.
# SPDX-License-Identifier: GPL-2.0-or-later
"""A domain of libvirt's, made of the one in the reference."""

import xml.etree.ElementTree as ET

QEMU = "http://libvirt.org/schemas/domain/qemu/1.0"

ET.register_namespace("qemu", QEMU)


class Domain:
    """A domain's XML."""

    def __init__(self, text, emulator):
        self.root = ET.fromstring(text)
        self.devices = self.root.find("devices")
        # Not every machine has KVM.
        self.root.set("type", "qemu")
        self.devices.find("emulator").text = str(emulator)

    def text(self):
        """The XML as text."""
        return ET.tostring(self.root, encoding="unicode")

    def set_machine(self, machine):
        """Choose QEMU's machine."""
        self.root.find("os/type").set("machine", machine)

    def set_queues(self, queues):
        """Choose the number of data queues."""
        self.devices.find("crypto/backend").set("queues", str(queues))

    def set_model(self, model):
        """Choose the backend."""
        self.devices.find("crypto/backend").set("model", model)

    def replace_crypto(self, text):
        """Put the options of another domain in the crypto device's place."""
        self.devices.remove(self.devices.find("crypto"))
        self.root.append(ET.fromstring(text).find(f"{{{QEMU}}}commandline"))

    def add(self, kind, *children, **attributes):
        """Add a device with elements that have only attributes."""
        device = ET.SubElement(self.devices, kind, attributes)
        for name, values in children:
            ET.SubElement(device, name, values)

    def add_guest(self, guest, socket):
        """Have it boot the guest, which reports to a socket."""
        system = self.root.find("os")
        for name, value in (("kernel", guest.system / "kernel"),
                            ("initrd", guest.initramfs),
                            ("cmdline", guest.arguments())):
            ET.SubElement(system, name).text = str(value)
        self.devices.remove(self.devices.find("console"))
        self.add("serial", ("target", {"port": "0"}),
                 ("source", {"path": str(guest.console), "append": "on"}),
                 type="file")
        self.add("serial", ("target", {"port": "1"}),
                 ("source", {"path": str(socket), "mode": "connect"}),
                 type="unix")
        for path, name in zip(guest.disks(), "abcdefgh"):
            read_only = [("readonly", {})] if path == guest.plain else []
            self.add("disk", ("driver", {"name": "qemu", "type": "raw"}),
                     ("source", {"file": str(path)}),
                     ("target", {"dev": f"vd{name}", "bus": "virtio"}),
                     *read_only, type="file", device="disk")


def find_spare_port(text):
    """The bus of PCI Express without a device in a domain that runs."""
    devices = ET.fromstring(text).find("devices")
    used = {int(address.get("bus"), 16)
            for address in devices.iterfind(".//address[@type='pci']")}
    ports = [int(port.get("index"))
             for port in devices.iterfind("controller[@type='pci']")
             if port.get("model") == "pcie-root-port"]
    spare = [port for port in ports if port not in used]
    assert spare, "all ports are used"
    return f"pci.{spare[0]}"
