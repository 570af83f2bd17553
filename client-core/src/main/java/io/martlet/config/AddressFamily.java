package io.martlet.config;

/**
 * Which addresses of a host are connected to, and which first.
 *
 * <p>Where a host has addresses of both families, they are tried in turns, as RFC 8305 §4 has it.
 */
public enum AddressFamily {
    /** All addresses; the family that the resolver puts first is tried first. The default. */
    ANY,
    /** All addresses, beginning with IPv4. */
    IPV4_FIRST,
    /** All addresses, beginning with IPv6. */
    IPV6_FIRST,
    /** IPv4 addresses only; a host that has none cannot be connected to. */
    IPV4_ONLY,
    /** IPv6 addresses only; a host that has none cannot be connected to. */
    IPV6_ONLY
}
