package io.martlet.samples.demo;

/** Answers a request. May throw {@link HttpProblem}. */
@FunctionalInterface
interface Handler {
    void handle(Exchange exchange);
}
