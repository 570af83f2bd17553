package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodTest {
    /** RFC 9110 §9.2 and, for QUERY, draft-ietf-httpbis-safe-method-w-body; which ones announce an empty body: RFC 9110 §8.6. */
    @ParameterizedTest
    @CsvSource({
        "GET,     true,  true,  false",
        "HEAD,    true,  true,  false",
        "OPTIONS, true,  true,  false",
        "TRACE,   true,  true,  false",
        "QUERY,   true,  true,  true",
        "PUT,     false, true,  true",
        "DELETE,  false, true,  true",
        "POST,    false, false, true",
        "PATCH,   false, false, true",
        "CONNECT, false, false, false",
        "PURGE,   false, false, true",
    })
    void aMethodIsWhatTheRfcSays(String name, boolean safe, boolean idempotent, boolean announcesEmptyBody) {
        Method method = Method.of(name);

        assertEquals(safe, method.isSafe(), "safe");
        assertEquals(idempotent, method.isIdempotent(), "idempotent");
        assertEquals(announcesEmptyBody, method.announcesEmptyBody(), "announcesEmptyBody");
    }

    @ParameterizedTest
    @CsvSource({"get, GET", "Post, POST", "purge, PURGE", "m-search, M-SEARCH", "GET, GET"})
    void aMethodIsPutInUpperCase(String name, String printed) {
        assertEquals(printed, Method.of(name).toString());
        assertEquals(printed, Method.of(name).name());
        assertEquals(new Method(printed), Method.of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "get", "Get"})
    void standardMethodsAreSharedInstances(String name) {
        assertSame(Method.GET, Method.of(name));
    }

    @Test
    void methodsAreEqualByName() {
        assertEquals(Method.of("PURGE"), Method.of("purge"));
        assertNotEquals(Method.GET, Method.HEAD);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            ``,            method "" is not a token (RFC 9110 §9.1)
            GET /evil,     method "GET /evil" is not a token (RFC 9110 §9.1)
            GÉT,           method "G\\u00c9T" is not a token (RFC 9110 §9.1)
            GE(T,          method "GE(T" is not a token (RFC 9110 §9.1)
            """)
    void whatIsNoTokenIsRefused(String name, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Method.of(name));

        assertEquals(message, e.getMessage());
    }
}
