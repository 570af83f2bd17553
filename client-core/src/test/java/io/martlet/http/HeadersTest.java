package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    /** RFC 9110 §5.6.2. */
    private static final String TOKEN_CHARS =
            "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static final Headers FIELDS = Headers.of("Accept", "text/html", "X-Trace", "a", "accept", "*/*");

    @ParameterizedTest
    @ValueSource(strings = {"Accept", "accept", "ACCEPT", "aCCEPT"})
    void aFieldIsFoundWhateverTheCaseOfItsName(String name) {
        assertEquals("text/html", FIELDS.get(name));
        assertEquals(Optional.of("text/html"), FIELDS.firstValue(name));
        assertEquals(List.of("text/html", "*/*"), FIELDS.getAll(name));
        assertTrue(FIELDS.contains(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accep", "Accept ", "Accept-", "", "X-Tracé"})
    void whatIsNotThereIsNotFound(String name) {
        assertNull(FIELDS.get(name));
        assertEquals(Optional.empty(), FIELDS.firstValue(name));
        assertEquals(List.of(), FIELDS.getAll(name));
        assertFalse(FIELDS.contains(name));
    }

    @Test
    void fieldsKeepTheirOrderAndSpelling() {
        List<String> iterated = new ArrayList<>();
        FIELDS.forEach(field -> iterated.add(field.toString()));
        List<String> visited = new ArrayList<>();
        FIELDS.forEach((name, value) -> visited.add(name + "=" + value));

        assertEquals(List.of("Accept=text/html", "X-Trace=a", "accept=*/*"), iterated);
        assertEquals(iterated, visited);
        assertEquals("{Accept: text/html, X-Trace: a, accept: */*}", FIELDS.toString());
    }

    @Test
    void aRepeatedNameCountsAsFieldEachTimeAndAsNameOnce() {
        assertEquals(3, FIELDS.size());
        assertEquals(List.of("Accept", "X-Trace"), List.copyOf(FIELDS.names()));
        assertFalse(FIELDS.isEmpty());
    }

    @Test
    void theMapHoldsAllValuesByNameWhateverItsCase() {
        Map<String, List<String>> map = FIELDS.toMap();

        assertEquals("{Accept=[text/html, */*], X-Trace=[a]}", map.toString());
        assertEquals(List.of("text/html", "*/*"), map.get("ACCEPT"));
    }

    @Test
    void noViewCanChangeTheFields() {
        Iterator<Map.Entry<String, String>> fields = FIELDS.iterator();
        Map.Entry<String, String> first = fields.next();

        assertThrows(UnsupportedOperationException.class, () -> FIELDS.toMap().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> FIELDS.toMap().get("Accept").clear());
        assertThrows(UnsupportedOperationException.class, () -> FIELDS.names().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> FIELDS.getAll("Accept").clear());
        assertThrows(UnsupportedOperationException.class, fields::remove);
        assertThrows(UnsupportedOperationException.class, () -> first.setValue("b"));
    }

    @Test
    void iterationEndsAfterTheLastField() {
        Iterator<Map.Entry<String, String>> fields = Headers.of("A", "1").iterator();
        fields.next();

        assertFalse(fields.hasNext());
        assertThrows(NoSuchElementException.class, fields::next);
    }

    @Test
    void aFieldMoreLeavesTheFieldsThatWereThere() {
        Headers before = Headers.of("A", "1");

        Headers after = before.plus("a", " 2 ");

        assertEquals(Headers.of("A", "1", "a", "2"), after);
        assertEquals(Headers.of("A", "1"), before);
        assertThrows(IllegalArgumentException.class, () -> before.plus("no token", "1"));
        assertThrows(IllegalArgumentException.class, () -> before.plus("A", "1\r\n"));
    }

    @Test
    void emptyHeadersHaveNothing() {
        assertTrue(Headers.EMPTY.isEmpty());
        assertEquals(0, Headers.EMPTY.size());
        assertEquals("{}", Headers.EMPTY.toString());
        assertSame(Headers.EMPTY, Headers.builder().build());
        assertEquals(Headers.EMPTY, Headers.of());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theBuilderChangesWhatItSays(UnaryOperator<Headers.Builder> change, String expected) {
        Headers.Builder builder = Headers.of("A", "1", "B", "2", "a", "3").toBuilder();

        assertEquals(expected, change.apply(builder).build().toString());
    }

    static Stream<Arguments> changes() {
        Headers others = Headers.of("b", "8", "C", "9", "B", "10");
        return Stream.of(
                change(b -> b, "{A: 1, B: 2, a: 3}"),
                change(b -> b.add("A", "4"), "{A: 1, B: 2, a: 3, A: 4}"),
                change(b -> b.add("C", ""), "{A: 1, B: 2, a: 3, C: }"),
                change(b -> b.set("a", "4"), "{a: 4, B: 2}"),
                change(b -> b.set("b", "4"), "{A: 1, b: 4, a: 3}"),
                change(b -> b.set("C", "4"), "{A: 1, B: 2, a: 3, C: 4}"),
                change(b -> b.setIfAbsent("b", "4"), "{A: 1, B: 2, a: 3}"),
                change(b -> b.setIfAbsent("C", "4"), "{A: 1, B: 2, a: 3, C: 4}"),
                change(b -> b.remove("a"), "{B: 2}"),
                change(b -> b.remove("C"), "{A: 1, B: 2, a: 3}"),
                change(b -> b.addAll(others), "{A: 1, B: 2, a: 3, b: 8, C: 9, B: 10}"),
                change(b -> b.setAll(others), "{A: 1, a: 3, b: 8, C: 9, B: 10}"),
                change(b -> b.setAll(Headers.EMPTY), "{A: 1, B: 2, a: 3}"),
                change(b -> b.remove("A").remove("B"), "{}"));
    }

    private static Arguments change(UnaryOperator<Headers.Builder> change, String expected) {
        return Arguments.of(change, expected);
    }

    @Test
    void theBuilderAnswersWhatItHolds() {
        Headers.Builder builder = Headers.of("A", "1", "a", "2").toBuilder();

        assertEquals("1", builder.get("a"));
        assertTrue(builder.contains("a"));
        assertNull(builder.get("B"));
        assertFalse(builder.contains("B"));
    }

    @Test
    void whatWasBuiltDoesNotChangeWithItsBuilder() {
        Headers.Builder builder = Headers.of("A", "1").toBuilder();
        Headers before = builder.build();
        builder.set("A", "2").add("B", "3");

        assertEquals("{A: 1}", before.toString());
        assertEquals("{A: 2, B: 3}", builder.build().toString());
    }

    @Test
    void headersAreEqualByTheirFieldsInOrderTheCaseOfNamesAside() {
        Headers headers = Headers.of("Aa", "1", "B", "2");
        Headers sameInOtherCase = Headers.of("aA", "1", "b", "2");

        assertEquals(headers, sameInOtherCase);
        assertEquals(headers.hashCode(), sameInOtherCase.hashCode());
        assertNotEquals(headers, Headers.of("B", "2", "Aa", "1"));
        assertNotEquals(headers, Headers.of("Aa", "1"));
        assertNotEquals(headers, Headers.of("Aa", "1", "B", "two"));
        assertNotEquals(Headers.of("A", "x"), Headers.of("A", "X"));
        assertNotEquals(headers, headers.toMap());
    }

    @Test
    void aNameHasOnlyTheCharactersOfATokenInIt() {
        StringBuilder accepted = new StringBuilder();
        for (char c = 0; c < 0x3000; c++) {
            if (accepts("X" + c, "v")) {
                accepted.append(c);
            }
        }

        assertEquals(sorted(TOKEN_CHARS), accepted.toString());
    }

    @Test
    void aValueHasNoControlCharacterButTabInIt() {
        StringBuilder refused = new StringBuilder();
        for (char c = 0; c < 0x3000; c++) {
            if (!accepts("X", "a" + c + "b")) {
                refused.append(c);
            }
        }

        assertEquals(sorted(controlsButTab()), refused.toString());
    }

    /** Cut to one byte these would be LF and CR: request splitting in clients that do so. */
    @ParameterizedTest
    @ValueSource(strings = {"\u010a", "\u560a", "\u560d", "\u010d", "\u2028", "a\u010aX-Evil: 1"})
    void charactersThatEndInTheByteOfALineBreakStayIntact(String value) {
        assertEquals(
                List.of("<" + value + ">"), Headers.of("X", "<" + value + ">").getAll("X"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            ``,        header name "" is not a token (RFC 9110 §5.1)
            X A,       header name "X A" is not a token (RFC 9110 §5.1)
            X:,        header name "X:" is not a token (RFC 9110 §5.1)
            Ä,         header name "\\u00c4" is not a token (RFC 9110 §5.1)
            """)
    void aNameThatIsNoTokenIsQuotedInTheError(String name, String message) {
        assertEquals(message, refusal(name, "value"));
    }

    @Test
    void aLineBreakInANameIsVisibleInTheError() {
        assertEquals("header name \"X\\u000d\\u000aY\" is not a token (RFC 9110 §5.1)", refusal("X\r\nY", "value"));
    }

    @Test
    void aLongNameIsCutInTheError() {
        assertEquals(
                "header name \"" + "é".repeat(80).replace("é", "\\u00e9") + "…\" is not a token (RFC 9110 §5.1)",
                refusal("é".repeat(81), "value"));
    }

    @Test
    void theErrorOfABadValueNamesTheFieldAndNotTheValue() {
        assertEquals(
                "value of header Authorization has a control character \\u000a at index 6 (RFC 9110 §5.5)",
                refusal("Authorization", "secret\nX: 1"));
    }

    @Test
    void noWayIntoTheBuilderLeavesOutTheCheck() {
        Headers.Builder builder = Headers.builder();

        assertThrows(IllegalArgumentException.class, () -> builder.add("A B", "1"));
        assertThrows(IllegalArgumentException.class, () -> builder.set("A B", "1"));
        assertThrows(IllegalArgumentException.class, () -> builder.setIfAbsent("A B", "1"));
        assertThrows(IllegalArgumentException.class, () -> builder.set("A", "\n"));
        assertEquals(Headers.EMPTY, builder.build());
    }

    @Test
    void blanksAtTheEndsOfAValueAreCut() {
        assertEquals(
                "{A: 1 \t 2, B: }", Headers.of("A", " \t1 \t 2\t ", "B", " \t ").toString());
    }

    @Test
    void ofAUrlIsPrintedWhatIsNoSecret() {
        Headers headers = Headers.of(
                "Location", "https://me:pw@h/a?token=s#f", "Content-Location", "/b?token=s", "REFERER", "http://h/c");

        assertEquals(
                "{Location: https://***@h/a?***, Content-Location: /b?***, REFERER: http://h/c}", headers.toString());
    }

    @Test
    void aNameWithoutValueIsRefused() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Headers.of("A", "1", "B"));

        assertEquals("namesAndValues has 3 elements: a name without a value", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "proxy-authorization",
                "COOKIE",
                "Set-Cookie",
                "WWW-Authenticate",
                "Proxy-Authenticate"
            })
    void credentialsAreNotPrinted(String name) {
        assertEquals(
                "{A: 1, " + name + ": (hidden), B: 2}",
                Headers.of("A", "1", name, "secret", "B", "2").toString());
    }

    private static boolean accepts(String name, String value) {
        try {
            Headers.of(name, value);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static String refusal(String name, String value) {
        return assertThrows(IllegalArgumentException.class, () -> Headers.of(name, value))
                .getMessage();
    }

    private static String controlsButTab() {
        StringBuilder controls = new StringBuilder("\u007f");
        for (char c = 0; c < ' '; c++) {
            controls.append(c == '\t' ? "" : String.valueOf(c));
        }
        return controls.toString();
    }

    private static String sorted(String chars) {
        return chars.chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
