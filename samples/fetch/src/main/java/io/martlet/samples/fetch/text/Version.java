package io.martlet.samples.fetch.text;

/** Which version of the command this is. */
public final class Version {
    /** As {@code --version} prints it. */
    public static final String TEXT = "martlet 0.1";

    private Version() {}
}
