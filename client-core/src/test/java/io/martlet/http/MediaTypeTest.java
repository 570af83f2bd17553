package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            text/html                                   | text/html
            TEXT/Html                                   | text/html
            */*                                         | */*
            text/html;charset=UTF-8                     | text/html; charset=UTF-8
            text/html; Charset="utf-8"                  | text/html; charset=utf-8
            text/html ; charset=utf-8 ; level=1         | text/html; charset=utf-8; level=1
            text/html;;; ;charset=utf-8;                | text/html; charset=utf-8
            text/html;                                  | text/html
            text/html; a="b;c, \\"d\\" \\\\ \\e"        | text/html; a="b;c, \\"d\\" \\\\ e"
            text/html; a=""                             | text/html; a=""
            text/html; a="ü"                            | text/html; a="ü"
            text/html; a=1; A=2; a="3"                  | text/html; a=1
            multipart/form-data; boundary="--x y"       | multipart/form-data; boundary="--x y"
            application/vnd.api+json                    | application/vnd.api+json
            """)
    void whatIsReadPrintsItselfInOneForm(String text, String printed) {
        MediaType type = MediaType.parse(text);

        assertEquals(printed, type.toString());
        assertEquals(type, MediaType.parse(printed));
    }

    @Test
    void blanksAroundAMediaTypeAndItsParametersAreNoPartOfIt() {
        assertEquals(
                "text/html; a=b; c=\"d\te\"",
                MediaType.parse(" \ttext/html\t;\ta=b \t; c=\"d\te\" ").toString());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            ``                      | "" is not a media type: no type at index 0
            text                    | "text" is not a media type: no '/' at index 4
            text/                   | "text/" is not a media type: no subtype at index 5
            /html                   | "/html" is not a media type: no type at index 0
            text /html              | "text /html" is not a media type: no '/' at index 4
            text/ html              | "text/ html" is not a media type: no subtype at index 5
            text/html, text/plain   | "text/html, text/plain" is not a media type: no ';' at index 9
            text/html charset=x     | "text/html charset=x" is not a media type: no ';' at index 10
            text/html; charset      | "text/html; charset" is not a media type: no '=' at index 18
            text/html; charset=     | "text/html; charset=" is not a media type: no parameter value at index 19
            text/html; =utf-8       | "text/html; =utf-8" is not a media type: no parameter name at index 11
            text/html; a =b         | "text/html; a =b" is not a media type: no '=' at index 12
            text/html; a= b         | "text/html; a= b" is not a media type: no parameter value at index 13
            text/html; a=b c        | "text/html; a=b c" is not a media type: no ';' at index 15
            text/html; a="b"c       | "text/html; a="b"c" is not a media type: no ';' at index 16
            text/html; a="b         | "text/html; a="b" is not a media type: a quoted string has no end
            text/html; a="b\\       | "text/html; a="b\\" is not a media type: a quoted string has no end
            text/html; a="b\\"      | "text/html; a="b\\"" is not a media type: a quoted string has no end
            téxt/html               | "t\\u00e9xt/html" is not a media type: no '/' at index 1
            """)
    void junkIsRefusedWithThePlaceWhereItBegins(String text, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> MediaType.parse(text));

        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "text/", "/html", "text /html", "text/ html", "text/html, text/plain", "téxt/html"})
    void withoutTypeAndSubtypeThereIsNoMediaType(String text) {
        assertEquals(Optional.empty(), MediaType.tryParse(text));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            Text/HTML ; Charset="utf-8"             | text/html; charset=utf-8
            text/html; a="b;c"; charset=utf-8       | text/html; a="b;c"; charset=utf-8
            text/html; charset; a=b                 | text/html; a=b
            text/html; =utf-8; a=b                  | text/html; a=b
            text/html; c d=e; a=b                   | text/html; a=b
            text/html; a = b ;; c= d e              | text/html; a=b; c="d e"
            text/html; a="b"c; d=e                  | text/html; a=b; d=e
            text/html; charset="utf-8               | text/html; charset=utf-8
            """)
    void aMalformedParameterCostsNeitherTheTypeNorTheOthers(String text, String printed) {
        assertEquals(printed, MediaType.tryParse(text).map(MediaType::toString).orElse("none"));
    }

    @Test
    void aControlCharacterInAParameterIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> MediaType.parse("text/html; a=\"b\r\nX: 1\""));

        assertEquals("media parameter a has a control character \\u000d at index 1", e.getMessage());
        assertEquals(
                Optional.of("text/html; c=d"),
                MediaType.tryParse("text/html; a=\"b\r\nX: 1\"; c=d").map(MediaType::toString));
    }

    @Test
    void thePartsOfAMediaTypeAreInLowerCaseAndItsParametersUnquoted() {
        MediaType type = MediaType.parse("Text/HTML; Charset=\"UTF-8\"; Level=One");

        assertEquals("text", type.type());
        assertEquals("html", type.subtype());
        assertEquals("text/html", type.essence());
        assertEquals("{charset=UTF-8, level=One}", type.parameters().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "text/html; charset=utf-8, UTF-8",
        "text/html; charset=LATIN1, ISO-8859-1",
        "'text/html; charset=\"us-ascii\"', US-ASCII",
        "text/html; charset=windows-1252, windows-1252",
    })
    void aKnownCharsetIsFoundByAnyOfItsNames(String text, Charset charset) {
        assertEquals(Optional.of(charset), MediaType.parse(text).charset());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/html; level=1",
                "text/html; charset=klingon",
                "text/html; charset=\"\"",
                "text/html; charset=\"not a charset\"",
                "text/html; charset=utf-8'"
            })
    void aCharsetThatIsMissingOrUnknownIsEmpty(String text) {
        assertEquals(Optional.empty(), MediaType.parse(text).charset());
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "APPLICATION/JSON; charset=utf-8, true",
        "application/problem+json, true",
        "model/gltf+json, true",
        "text/json, false",
        "application/json-seq, false",
        "application/jsonp, false",
        "application/xml, false",
        "text/html; a=application/json, false",
    })
    void jsonIsRecognised(String text, boolean json) {
        String quoted = text.replace("a=application/json", "a=\"application/json\"");

        assertEquals(json, MediaType.parse(quoted).isJson());
    }

    @ParameterizedTest
    @CsvSource({
        "c, 3, text/plain; a=1; b=2; c=3",
        "a, 3, text/plain; a=3; b=2",
        "A, 3, text/plain; a=3; b=2",
        "c, x y, text/plain; a=1; b=2; c=\"x y\"",
    })
    void aParameterIsAddedOrReplacedInItsPlace(String name, String value, String expected) {
        MediaType type = MediaType.parse("text/plain; a=1; b=2");

        assertEquals(expected, type.with(name, value).toString());
        assertEquals("text/plain; a=1; b=2", type.toString());
    }

    @Test
    void partsThatAreNoTokensAreRefused() {
        assertEquals("media type \"te xt\" is not a token", refusal("te xt", "plain", Map.of()));
        assertEquals("media subtype \"\" is not a token", refusal("text", "", Map.of()));
        assertEquals("media parameter name \"a=\" is not a token", refusal("text", "plain", Map.of("a=", "1")));
        assertEquals(
                "media parameter a has a control character \\u0000 at index 0",
                refusal("text", "plain", Map.of("a", "\0")));
    }

    private static String refusal(String type, String subtype, Map<String, String> parameters) {
        return assertThrows(IllegalArgumentException.class, () -> new MediaType(type, subtype, parameters))
                .getMessage();
    }

    @Test
    void theFirstOfParametersWhoseNamesDifferInCaseOnlyIsKept() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("B", "1");
        parameters.put("a", "2");
        parameters.put("b", "3");

        assertEquals("text/plain; b=1; a=2", new MediaType("text", "plain", parameters).toString());
    }

    @Test
    void parametersDoNotChange() {
        Map<String, String> given = new LinkedHashMap<>(Map.of("a", "1"));
        MediaType type = new MediaType("text", "plain", given);
        given.put("b", "2");

        assertEquals("text/plain; a=1", type.toString());
        assertThrows(
                UnsupportedOperationException.class, () -> type.parameters().clear());
    }

    @Test
    void theConstantsAreWhatTheySay() {
        assertEquals(
                List.of(
                        "application/json",
                        "text/plain; charset=utf-8",
                        "application/octet-stream",
                        "application/x-www-form-urlencoded"),
                List.of(
                        MediaType.JSON.toString(),
                        MediaType.TEXT.toString(),
                        MediaType.OCTET_STREAM.toString(),
                        MediaType.FORM.toString()));
        assertEquals(Optional.of(StandardCharsets.UTF_8), MediaType.TEXT.charset());
    }
}
