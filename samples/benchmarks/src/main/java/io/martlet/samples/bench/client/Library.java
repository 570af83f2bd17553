package io.martlet.samples.bench.client;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is compared. */
public enum Library {
    /** This project. */
    MARTLET("martlet", Role.SUBJECT),
    /** OkHttp. */
    OKHTTP("okhttp", Role.PEER),
    /** Apache HttpClient 5, the asynchronous one. */
    APACHE("apache", Role.PEER),
    /** AsyncHttpClient. */
    ASYNC_HTTP_CLIENT("async-http-client", Role.PEER),
    /** Vert.x WebClient. */
    VERTX("vertx", Role.PEER),
    /** The JDK's HttpClient. */
    JDK("jdk", Role.PEER),
    /** Ktor over CIO, without Martlet. */
    KTOR_CIO("ktor-cio", Role.PEER),
    /** Python's aiohttp. */
    AIOHTTP("aiohttp", Role.REFERENCE),
    /** The load generator wrk with one thread: about what the server can do. */
    WRK("wrk", Role.REFERENCE);

    /** How a row takes part in ratios. */
    public enum Role {
        /** Compared with the best peer. */
        SUBJECT,
        /** May be the best. */
        PEER,
        /** Shown, never the best peer: not a client for the JVM. */
        REFERENCE
    }

    private final String label;
    private final Role role;

    Library(String label, Role role) {
        this.label = label;
        this.role = role;
    }

    /** Its name on the command line and in tables. */
    public String label() {
        return label;
    }

    /** How its rows take part in ratios. */
    public Role role() {
        return role;
    }

    /** What the JVM of this client needs to be told: to let requests say "close", and to keep idle connections. */
    public List<String> jvmOptions() {
        return this == JDK
                ? List.of(
                        "-Djdk.httpclient.allowRestrictedHeaders=connection", "-Djdk.httpclient.keepalive.timeout=3600")
                : List.of();
    }

    /** The library of that label. */
    public static Optional<Library> of(String label) {
        return Arrays.stream(values()).filter(l -> l.label.equals(label)).findFirst();
    }
}
