"""Hosts that no request may go to: link-local addresses, where a cloud hands out the machine's own secrets.

However the address is written; names are judged by their spelling here, and by where they led in `egress`.
"""

from __future__ import annotations

import socket
from ipaddress import IPv6Address, IPv6Network, ip_address

_NAMES = frozenset(
    {"metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"}
)
_CLOUDS = frozenset(map(ip_address, ("fd00:ec2::254", "100.100.100.200", "168.63.129.16")))
_TRANSLATED = IPv6Network("64:ff9b::/96")  # IPv4 behind a translator


def nowhere(host: str) -> bool:
    """Whether a host is such an address, or a name that stands for one."""
    name = host.strip("[]").rstrip(".").lower().partition("%")[0]
    if name in _NAMES:
        return True
    try:
        found = ip_address(name)
    except ValueError:
        try:
            found = ip_address(socket.inet_aton(name))  # 2852039166, 0xa9fea9fe, 169.254.43518
        except (OSError, ValueError):
            return False
    if isinstance(found, IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour
        if inside is None and found in _TRANSLATED:
            inside = ip_address(found.packed[-4:])  # type: ignore[assignment]
        found = inside or found
    return found.is_link_local or found in _CLOUDS
