package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "content-type", "ETag", "etag", "Age", "Access-Control-Allow-Credentials"})
    void commonNamesAreFoundWhereverTheyLie(String name) {
        byte[] bytes = Playback.bytes("xy" + name + ": z");

        assertEquals(name, KnownText.NAMES.find(bytes, 2, 2 + name.length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "C",
                "Content-Typ",
                "Content-Type:",
                "Content-TypE",
                "CONTENT-TYPE",
                "Cantent-Type",
                "X-Unknown",
                "\u00e9tag",
                "Access-Control-Allow-Credentials-And-More-Of-It-Than-Any-Known-Name-Has"
            })
    void otherNamesAreNotFound(String name) {
        assertNull(KnownText.NAMES.find(Playback.bytes(name), 0, name.length()));
    }
}
