package io.martlet.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    @ParameterizedTest
    @CsvSource({
        "Aladdin, open sesame, Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "test,    123£,        Basic dGVzdDoxMjPCow==",
        "'',      '',          Basic Og==",
        "u,       a:b,         Basic dTphOmI=",
    })
    void basicIsUserColonPasswordInUtf8(String user, String password, String expected) {
        assertEquals(expected, new Basic(user, password).headerValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mF_9.B5f-4.1JqM", "a", "A~+/==", "0"})
    void aToken68IsABearerToken(String token) {
        assertEquals("Bearer " + token, new Bearer(token).headerValue());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeSentIsRefusedWithoutBeingShown(Executable act, String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, act).getMessage());
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(() -> new Basic("me:too", "pw"), "user of Basic holds a colon (RFC 7617 §2)"),
                refused(() -> new Basic("me\r\nX", ""), "user of Basic holds a control character at index 2"),
                refused(() -> new Basic("me", "p\u0000w"), "password of Basic holds a control character at index 1"),
                refused(() -> new Digest("me:too", "pw"), "user of Digest holds a colon (RFC 7616 §3.4.2)"),
                refused(() -> new Digest("me", "pw\n"), "password of Digest holds a control character at index 2"),
                refused(() -> new Bearer(""), "token of Bearer (0 characters) is no token68 (RFC 6750 §2.1)"),
                refused(() -> new Bearer("=="), "token of Bearer (2 characters) is no token68 (RFC 6750 §2.1)"),
                refused(() -> new Bearer("a b"), "token of Bearer (3 characters) is no token68 (RFC 6750 §2.1)"),
                refused(() -> new Bearer("a=b"), "token of Bearer (3 characters) is no token68 (RFC 6750 §2.1)"),
                refused(() -> new Bearer("tökn"), "token of Bearer (4 characters) is no token68 (RFC 6750 §2.1)"),
                refused(
                        () -> BearerTokens.startingWith("a\n", () -> new CompletableFuture<>()),
                        "token of Bearer (2 characters) is no token68 (RFC 6750 §2.1)"));
    }

    private static Arguments refused(Executable act, String message) {
        return Arguments.of(act, message);
    }

    @Test
    void noneShowsItsSecrets() {
        String all = new Basic("user", "s3cret").toString()
                + new Bearer("s3cret")
                + new Digest("user", "s3cret")
                + BearerTokens.startingWith("s3cret", () -> new CompletableFuture<>())
                + Netrc.parse("machine h login user password s3cret default login other password s3cret");

        assertFalse(all.contains("s3cret"), all);
        assertEquals("Basic(hidden)Bearer(hidden)Digest(hidden)BearerTokens(hidden)Netrc(1 hosts and default)", all);
    }
}
