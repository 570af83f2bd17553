package io.martlet.config;

/** The versions of TLS that are spoken. Older ones are not (RFC 8996). */
public enum TlsVersion {
    /** RFC 5246. */
    TLS_1_2("TLSv1.2"),
    /** RFC 8446. */
    TLS_1_3("TLSv1.3");

    private final String protocol;

    TlsVersion(String protocol) {
        this.protocol = protocol;
    }

    /** The JDK's name of it: {@code TLSv1.3}. */
    @Override
    public String toString() {
        return protocol;
    }
}
