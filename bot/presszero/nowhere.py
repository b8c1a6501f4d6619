"""Hosts that no request may go to: where a cloud hands out the machine's own secrets, link-local addresses above all.

However the address is written. What a name is says little: `reached` judges where it has led, before anything is sent.
"""

from __future__ import annotations

import socket
import unicodedata
from collections.abc import Iterator
from encodings.idna import nameprep
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAMES = frozenset(
    {"metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"}
)
_CLOUDS = frozenset(
    map(ip_address, ("fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"))
)
_ENDS_IN_IPV4 = tuple(map(IPv6Network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48")))  # compatible, or translated
_ISATAP = (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")


def nowhere(host: str) -> bool:
    """Whether a host is such an address, or a name that stands for one."""
    name = _plain(host).strip("[]").rstrip(".").partition("%")[0]
    if name in _NAMES:
        return True
    try:
        found = ip_address(name)
    except ValueError:
        try:
            found = ip_address(socket.inet_aton(name))  # 2852039166, 0xa9fea9fe, 169.254.43518
        except (OSError, ValueError):
            return False
    return any(one.is_link_local or one in _CLOUDS for one in _meant(found))


def reached(host: str, port: int, timeout: float) -> socket.socket:
    """A connection to a host. Raises OSError when there is none, or when it leads to such an address."""
    if nowhere(host):
        raise OSError(f"{host} is a link-local address")
    line = socket.create_connection((host, port), timeout)
    if nowhere(str(line.getpeername()[0])):
        line.close()
        raise OSError(f"{host} led to a link-local address")
    return line


def _plain(host: str) -> str:
    """As a resolver reads it: full width, other full stops and invisible characters are one spelling of the same."""
    text = unicodedata.normalize("NFKC", host).replace("\u3002", ".")
    try:
        return nameprep(text).lower()
    except UnicodeError:
        return text.lower()


def _meant(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """An address and the IPv4 addresses inside it."""
    yield address
    if isinstance(address, IPv4Address):
        return
    yield from (one for one in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if one)
    if any(address in network for network in _ENDS_IN_IPV4) or address.packed[8:12] in _ISATAP:
        yield IPv4Address(address.packed[-4:])
