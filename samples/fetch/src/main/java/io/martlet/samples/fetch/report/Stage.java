package io.martlet.samples.fetch.report;

/** A phase of a request, in the order in which they come. */
public enum Stage {
    /** Waiting for a free connection. */
    QUEUE("waiting for a connection"),
    /** Looking up the host. */
    DNS("looking up the host"),
    /** Opening the connection. */
    CONNECT("connecting"),
    /** The TLS handshake. */
    TLS("TLS handshake"),
    /** Sending the request. */
    SEND("sending"),
    /** From then to the first byte of the response. */
    FIRST_BYTE("waiting for the first byte"),
    /** From then to its last byte. */
    RECEIVE("receiving");

    private final String label;

    Stage(String label) {
        this.label = label;
    }

    /** What it is, in words. */
    String label() {
        return label;
    }

    /** The class that gives it its colour in the page's style. */
    String styleClass() {
        return "stage-" + ordinal();
    }
}
