package io.martlet.http;

/**
 * Names a thing that a request carries along and that is never sent: something of the caller's for middlewares and trace
 * listeners, such as the task it belongs to. It stays with the request over redirects and retries.
 *
 * <pre>{@code
 * static final Attribute<String> JOB = new Attribute<>("job");
 *
 * request.attribute(JOB, "nightly");
 * listener = (request, event) -> log(request.attribute(JOB), event);
 * }</pre>
 *
 * <p>Two attributes are never equal, whatever their names.
 *
 * @param <T> what it is
 */
public final class Attribute<T> {
    private final String name;

    /**
     * An attribute unlike all others.
     *
     * @param name for people; what {@link #toString} prints
     */
    public Attribute(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
