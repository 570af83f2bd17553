package io.martlet.samples.bench;

/**
 * What the clients of a scenario ask for.
 *
 * @param server           what answers, for people
 * @param expectedBytes    length of the body of every response; -1 for that of the first
 * @param uploadBytes      length of the body of each request
 * @param requestsPerRound how many requests make the bodies of a round; 0 where rounds have a length in time
 * @param control          root of the server that holds requests; empty for others
 */
record Target(String server, String url, long expectedBytes, int uploadBytes, int requestsPerRound, String control) {
    /** Small answers, as many as can be. */
    static Target small(String server, String url, long expectedBytes) {
        return new Target(server, url, expectedBytes, 0, 0, "");
    }

    /** The length of the larger of the two bodies. */
    long bytesPerRequest() {
        return Math.max(expectedBytes, uploadBytes);
    }
}
