package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParamsTest {
    /** What yarl 1.25 makes of the visible ASCII characters, but for the apostrophe, which it leaves alone. */
    private static final String ENCODED_ASCII = "+!%22%23$%25%26%27()*%2B,-./0123456789:%3B%3C%3D%3E?@"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZ%5B%5C%5D%5E_%60abcdefghijklmnopqrstuvwxyz%7B%7C%7D~";

    private static final String ASCII =
            " !\"#$%&'()*+,-./0123456789:;<=>?@" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    @Test
    void namesAndValuesAreEncodedAsYarlDoes() {
        assertEquals(
                ENCODED_ASCII + "=" + ENCODED_ASCII,
                QueryParams.of(ASCII, ASCII).encoded());
    }

    @Test
    void textIsEncodedAsUtf8AndLoneSurrogatesAreReplaced() {
        QueryParams params = QueryParams.of("ä", "\u20ac\uD83D\uDE00", "x", "\uD83D\0\r\n\u007f");

        assertEquals("%C3%A4=%E2%82%AC%F0%9F%98%80&x=%EF%BF%BD%00%0D%0A%7F", params.toString());
    }

    @Test
    void pairsKeepTheirOrderAndRepetition() {
        QueryParams params = QueryParams.of("b", "1", "a", "2", "b", "3");

        assertEquals("b=1&a=2&b=3", params.encoded());
        assertEquals(List.of(Map.entry("b", "1"), Map.entry("a", "2"), Map.entry("b", "3")), params.entries());
        assertEquals(List.of("1", "3"), params.getAll("b"));
        assertEquals("1", params.get("b"));
        assertEquals(List.of("b", "a"), List.copyOf(params.names()));
        assertEquals(3, params.size());
    }

    @Test
    void anUnknownNameHasNoValue() {
        QueryParams params = QueryParams.of("a", "1");

        assertNull(params.get("A"));
        assertEquals(List.of(), params.getAll("A"));
        assertFalse(params.contains("A"));
        assertTrue(params.contains("a"));
    }

    @Test
    void numbersAndBooleansAreWrittenInDecimalAndLowerCase() {
        QueryParams params = QueryParams.builder()
                .add("i", 7)
                .add("l", Long.MIN_VALUE)
                .add("d", 1.5)
                .add("b", true)
                .build();

        assertEquals("i=7&l=-9223372036854775808&d=1.5&b=true", params.encoded());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatAreNotFiniteAreRefused(double value) {
        QueryParams.Builder builder = QueryParams.builder();

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> builder.add("d", value));

        assertEquals("value of the query parameter \"d\" is " + value, e.getMessage());
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullsAreRefusedByName() {
        QueryParams.Builder builder = QueryParams.builder();

        assertEquals(
                "name",
                assertThrows(NullPointerException.class, () -> builder.add(null, "v"))
                        .getMessage());
        assertEquals(
                "value of the query parameter \"q\"",
                assertThrows(NullPointerException.class, () -> builder.add("q", null))
                        .getMessage());
    }

    @Test
    void aNameWithoutAValueIsRefused() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> QueryParams.of("a", "1", "b"));

        assertEquals("namesAndValues has 3 elements: the last name has no value", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "a=1&b=2, a=1&b=2",
        "a=x+y%20z, a=x+y+z",
        "a=%2B%26%3d, a=%2B%26%3D",
        "a, a=",
        "a=b=c, a=b%3Dc",
        "=, =",
        "'', ''",
        "'&&a&&', a=",
        "a=%zz%4, a=%25zz%254",
        "%C3%A4=%ff, %C3%A4=%EF%BF%BD",
        "a=ä, a=%C3%A4"
    })
    void anEncodedQueryIsRead(String encoded, String again) {
        assertEquals(again, QueryParams.parse(encoded).encoded());
    }

    @Test
    void whatWasPutInIsReadBack() {
        QueryParams params = QueryParams.of(ASCII, ASCII, "", "", "\u20ac+ %", "\0\n");

        assertEquals(params, QueryParams.parse(params.encoded()));
        assertEquals(params, Url.of("http://h/").appendQuery(params).queryParams());
    }

    @Test
    void aQueryThatIsAppendedStaysTheSameWhenTheUrlIsReadAgain() {
        Url url = Url.of("http://h/").appendQuery(QueryParams.of(ASCII, ASCII));

        assertEquals(url, Url.of(url.href()));
    }

    @Test
    void noPairsMakeAnEmptyQuery() {
        assertEquals(QueryParams.EMPTY, QueryParams.of());
        assertTrue(QueryParams.EMPTY.isEmpty());
        assertEquals("", QueryParams.EMPTY.encoded());
        assertFalse(QueryParams.of("", "").isEmpty());
    }

    @Test
    void aBuilderGoesOnWithoutChangingWhatItBuilt() {
        QueryParams.Builder builder = QueryParams.of(Map.of("a", "1")).toBuilder();
        QueryParams first = builder.build();
        QueryParams second = builder.add("b", "2").addAll(first).build();

        assertEquals("a=1", first.encoded());
        assertEquals("a=1&b=2&a=1", second.encoded());
    }

    @Test
    void parametersCannotBeChangedFromOutside() {
        QueryParams params = QueryParams.of("a", "1");
        Map.Entry<String, String> entry = params.iterator().next();

        assertThrows(UnsupportedOperationException.class, () -> params.entries().clear());
        assertThrows(UnsupportedOperationException.class, () -> params.names().clear());
        assertThrows(UnsupportedOperationException.class, () -> entry.setValue("2"));
        assertEquals(Set.of("a"), params.names());
    }

    @Test
    void equalityIsThatOfThePairsAndTheirOrder() {
        QueryParams params = QueryParams.of("a", "1", "b", "2");

        assertEquals(params, QueryParams.parse("a=1&b=2"));
        assertEquals(params.hashCode(), QueryParams.parse("a=1&b=2").hashCode());
        assertNotEquals(params, QueryParams.parse("b=2&a=1"));
        assertNotEquals(params, QueryParams.parse("a=1"));
    }
}
