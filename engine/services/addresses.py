"""Which network addresses a process may reach: public ones, and what the operator lists."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection

from engine.services.calls import ServiceFailed

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressPolicy:
    """`allowed`: hosts (`mail.local`), hosts with a port (`localhost:8080`), networks (`10.1.0.0/16`)."""

    def __init__(self, allowed: Collection[str] = ()) -> None:
        self.names = {entry.lower() for entry in allowed if "/" not in entry}
        self.networks = [ipaddress.ip_network(entry, strict=False) for entry in allowed if "/" in entry]

    def resolve(self, host: str, port: int) -> str:
        """Resolve once and check; the caller connects to what is returned, so no second look-up can differ."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as failure:
            raise ServiceFailed(f"The host {host} is not found: {failure}.") from failure
        addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
        if not addresses:
            raise ServiceFailed(f"The host {host} has no address.")
        if host.lower() not in self.names and f"{host.lower()}:{port}" not in self.names:
            for address in addresses:
                self._check(host, ipaddress.ip_address(address))
        return addresses[0]

    def _check(self, host: str, address: Address) -> None:
        inner = _inner(address)
        if any(each in network for network in self.networks for each in (address, inner)):
            return
        if not inner.is_global or inner.is_multicast:
            raise ServiceFailed(
                f"The host {host} is the address {address} of a private network, which a process may not call.",
                fix="Ask the operator to list the host in PROCESSION_PRIVATE_ADDRESSES.",
                lasting=True,
                code="address-not-allowed",
            )


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, if it does: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)
