package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HttpVersionTest {
    @Test
    void aVersionPrintsItselfAsOnTheWire() {
        assertEquals("[HTTP/1.0, HTTP/1.1, HTTP/2, HTTP/3]", Arrays.toString(HttpVersion.values()));
    }
}
