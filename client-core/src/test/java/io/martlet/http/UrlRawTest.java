package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlRawTest {
    @Test
    void aRawUrlIsSentAsWritten() {
        Url url = Url.raw("HTTPS://me:pw@B%C3%9CCHER.example:443/a/../%7e\\{|}//%2E?sig=%2b/'+=&%zz");

        assertEquals("/a/../%7e\\{|}//%2E?sig=%2b/'+=&%zz", url.requestTarget());
        assertEquals("https://xn--bcher-kva.example", url.origin());
        assertEquals("me", url.username());
        assertEquals("/?q", Url.raw("http://h?q").requestTarget());
    }

    @Test
    void parametersAreAppendedToARawUrl() {
        Url url = Url.raw("http://h/a/../b?sig='x'").appendQuery(QueryParams.of("a", "'"));

        assertEquals("/a/../b?sig='x'&a=%27", url.requestTarget());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h/a b",
                "http://h/a\r\nX:1",
                "http://h/\t",
                "http://h/\0",
                "http://h/\u007f",
                "http://h/é",
                "http://h/#f",
                " http://h/",
                "http:/h/",
                "http:h",
                "ftp://h/",
                "http://",
                "http:///x",
                "http://127.1/",
                "://",
                "",
                "http://good.example\\@evil.example/"
            })
    void aRawUrlIsRefusedIfItCannotBeSentAsWritten(String text) {
        assertThrows(IllegalArgumentException.class, () -> Url.raw(text));
    }
}
