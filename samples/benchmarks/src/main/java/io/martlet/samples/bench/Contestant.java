package io.martlet.samples.bench;

import io.martlet.samples.bench.client.Library;
import io.martlet.samples.bench.client.Mode;

/** A library and the way in which it is called: a row of the table. */
record Contestant(Library library, Mode mode) {
    @Override
    public String toString() {
        return library.role() == Library.Role.REFERENCE ? library.label() : library.label() + " (" + mode.label() + ")";
    }
}
