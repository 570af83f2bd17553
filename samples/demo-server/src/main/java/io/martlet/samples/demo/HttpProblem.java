package io.martlet.samples.demo;

/** Ends the handling of a request with an error status; the message is what the client gets to read. */
final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    HttpProblem(int status, String message) {
        // No stack trace: these are answers to clients, not faults of the server.
        super(message, null, false, false);
        this.status = status;
    }

    static HttpProblem badRequest(String message) {
        return new HttpProblem(400, message);
    }

    static HttpProblem notFound(String message) {
        return new HttpProblem(404, message);
    }

    int status() {
        return status;
    }
}
