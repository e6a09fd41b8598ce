"""Which addresses belong to the public internet. Written out rather than left to `ipaddress.is_global`, whose answers
differ between versions of Python (192.0.0.0/24 was global until 3.11.9)."""

import ipaddress

from app.ingest.fetch.policy import Address

_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network (RFC 791)
        "10.0.0.0/8",  # private (RFC 1918)
        "100.64.0.0/10",  # carrier-grade NAT (RFC 6598); clouds keep services there
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # looks public, is Azure's own service to each machine
        "169.254.0.0/16",  # link-local (RFC 3927), the metadata of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "192.0.2.0/24",  # documentation (RFC 5737)
        "192.88.99.0/24",  # 6to4 relays, deprecated (RFC 7526)
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarking (RFC 2544)
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)

_UNICAST_6 = ipaddress.IPv6Network("2000::/3")
"""All that IANA has assigned as global unicast. Outside lie loopback, IPv4-mapped (::ffff:0:0/96), -compatible and
-translated addresses, NAT64 (64:ff9b::/96, 64:ff9b:1::/48), discard-only, segment routing, unique local, link-local,
site-local and multicast."""

_NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID (RFC 2928)
        "2001:db8::/32",  # documentation (RFC 3849)
        "2002::/16",  # 6to4: an IPv4 address inside (RFC 3056)
        "3fff::/20",  # documentation (RFC 9637)
    )
)

_ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})
"""The upper half of an interface identifier that carries an IPv4 address (RFC 5214)."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet's."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    if address.scope_id is not None or address not in _UNICAST_6:
        return False
    inside = int(address) >> 32 & 0xFFFF_FFFF
    return inside not in _ISATAP and not any(address in network for network in _NOT_PUBLIC_6)


def carried(address: Address) -> Address:
    """The IPv4 address that a NAT64 address leads to, else the address itself."""
    if isinstance(address, ipaddress.IPv6Address) and address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address
