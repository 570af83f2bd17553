package io.martlet.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
    private static final JsonValue POST = JsonValue.parse("""
            {"id": 7, "title": "Hi", "tags": ["a", "b"], "price": 1.50, "draft": true, "author": null}""");

    @Test
    void aTreeIsWalkedByNamesAndPlaces() {
        assertEquals(7, POST.get("id").asInt());
        assertEquals(7L, POST.get("id").asLong());
        assertEquals("Hi", POST.get("title").asText());
        assertEquals("b", POST.get("tags").at(1).asText());
        assertEquals(1.5, POST.get("price").asDouble());
        assertEquals(new BigDecimal("1.50"), POST.get("price").asDecimal());
        assertTrue(POST.get("draft").asBoolean());
        assertTrue(POST.get("author").isNull());
    }

    @Test
    void fieldsAndElementsKeepTheirOrder() {
        assertEquals(
                List.of("id", "title", "tags", "price", "draft", "author"),
                List.copyOf(POST.fields().keySet()));
        assertEquals(
                List.of(JsonValue.of("a"), JsonValue.of("b")), POST.get("tags").elements());
    }

    @Test
    void findAsksWithoutInsisting() {
        assertEquals(Optional.of("Hi"), POST.find("title").map(JsonValue::asText));
        assertEquals(Optional.empty(), POST.find("author"));
        assertEquals(Optional.empty(), POST.find("missing"));
    }

    @ParameterizedTest
    @MethodSource("mismatches")
    void whatIsNotThereIsAnErrorThatSaysWhatIs(String message, Consumer<JsonValue> question) {
        assertEquals(
                message,
                assertThrows(JsonMismatchException.class, () -> question.accept(POST))
                        .getMessage());
    }

    static Stream<Arguments> mismatches() {
        return Stream.of(
                row(
                        "The object has no field \"name\"; it has \"id\", \"title\", \"tags\", \"price\", \"draft\","
                                + " \"author\"",
                        post -> post.get("name")),
                row(
                        "The JSON value is a number, not an object",
                        post -> post.get("id").get("name")),
                row(
                        "The JSON value is a number, not an object",
                        post -> post.get("id").find("name")),
                row("The JSON value is an object, not an array", post -> post.at(0)),
                row(
                        "The JSON value is a string, not an array",
                        post -> post.get("title").elements()),
                row(
                        "The array has no element 2; it has 2",
                        post -> post.get("tags").at(2)),
                row(
                        "The array has no element -1; it has 2",
                        post -> post.get("tags").at(-1)),
                row(
                        "The JSON value is a number, not a string",
                        post -> post.get("id").asText()),
                row(
                        "The JSON value is null, not a string",
                        post -> post.get("author").asText()),
                row(
                        "The JSON value is a string, not a number",
                        post -> post.get("title").asInt()),
                row(
                        "The JSON value is a string, not a number",
                        post -> post.get("title").asDouble()),
                row(
                        "The JSON value is an array, not a number",
                        post -> post.get("tags").asLong()),
                row("The JSON value is an object, not a boolean", JsonValue::asBoolean),
                row(
                        "The JSON value is a boolean, not an object",
                        post -> post.get("draft").fields()),
                row(
                        "The number is not an int: too large, or with a fraction",
                        post -> post.get("price").asInt()),
                row(
                        "The number is not a long: too large, or with a fraction",
                        post -> post.get("price").asLong()));
    }

    private static Arguments row(String message, Consumer<JsonValue> question) {
        return Arguments.of(message, question);
    }

    @Test
    void anErrorNamesTenFieldsAtMost() {
        JsonValue.Builder many = JsonValue.builder();
        for (char name = 'a'; name < 'm'; name++) {
            many.put(String.valueOf(name), name - 'a');
        }

        JsonMismatchException error =
                assertThrows(JsonMismatchException.class, () -> many.build().get("x"));

        assertTrue(error.getMessage().endsWith("\"i\", \"j\" and 2 more"), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1", "1e2, 100", "-0, 0", "2147483647, 2147483647", "100e-1, 10"})
    void aNumberIsWholeHoweverItIsWritten(String literal, int value) {
        assertEquals(value, JsonValue.parse(literal).asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "1e1000000000", "-1e99", "0.5", "1e-1000000000", "1e99999999999"})
    void aNumberThatIsNoIntIsRefused(String literal) {
        assertThrows(JsonMismatchException.class, () -> JsonValue.parse(literal).asInt());
    }

    @Test
    void aNumberBeyondAllDoublesIsRefused() {
        assertThrows(JsonMismatchException.class, () -> JsonValue.parse("1e400").asDouble());
        assertEquals(0.0, JsonValue.parse("1e-400").asDouble());
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aStringIsReadAsItIsMeant(String json, String text) {
        assertEquals(text, JsonValue.parse(json).asText());
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("\"\"", ""),
                Arguments.of("\"a\\\"b\\\\c\\/d\"", "a\"b\\c/d"),
                Arguments.of("\"\\b\\f\\n\\r\\t\"", "\b\f\n\r\t"),
                Arguments.of("\"\\u00e9x\\u20AC\"", "éx€"),
                Arguments.of("\"\\ud83d\\ude00\"", "😀"),
                Arguments.of("\"é€😀\u007f\"", "é€😀\u007f"));
    }

    @Test
    void ofFieldsOfOneNameTheLastCounts() {
        assertEquals(2, JsonValue.parse("{\"a\":1,\"a\":2}").get("a").asInt());
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNoJsonIsRefusedAndNotQuoted(String json) {
        String message = assertThrows(IllegalArgumentException.class, () -> JsonValue.parse(json))
                .getMessage();

        assertTrue(message.startsWith("No JSON"), message);
        assertFalse(message.contains("secret"), message);
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                "[1,",
                "[1,]",
                "[1 2]",
                "[",
                "{\"a\" 1}",
                "{secret:1}",
                "{\"secret\":1,}",
                "{\"secret\":1",
                "1 2",
                "1\0",
                "<secret>",
                "nul",
                "NaN",
                "TRUE",
                "\"secret",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12\u0663\u0664\"",
                "01",
                "1.",
                "+1",
                "-",
                "'secret'",
                "[secret]",
                "9".repeat(1001),
                "[".repeat(100_000),
                "[".repeat(256) + "]".repeat(256));
    }

    @Test
    void anErrorSaysWhere() {
        assertEquals(
                "No JSON at character 3",
                assertThrows(IllegalArgumentException.class, () -> JsonValue.parse("[1,]"))
                        .getMessage());
    }

    @Test
    void asManyLevelsAreReadAsMayBe() {
        String deep = "[".repeat(255) + "]".repeat(255);

        assertEquals(deep, JsonValue.parse(deep).toString());
    }

    @Test
    void bytesAreReadInUtf8AndNothingElse() {
        assertEquals("é", JsonValue.parse("\"é\"".getBytes(UTF_8)).asText());
        assertEquals("é", JsonValue.parse("\uFEFF\"é\"".getBytes(UTF_8)).asText());
        assertThrows(IllegalArgumentException.class, () -> JsonValue.parse("\"é\"".getBytes(ISO_8859_1)));
        assertThrows(IllegalArgumentException.class, () -> JsonValue.parse("\"é\"".getBytes(UTF_16)));
    }

    @Test
    void aTreeIsMadeOfWhatJavaHas() {
        Map<String, Object> author = new LinkedHashMap<>();
        author.put("name", new StringBuilder("Ann"));
        author.put("mail", null);
        JsonValue tree = JsonValue.builder()
                .put("id", 1)
                .put("id", 7)
                .put("price", 1.5)
                .put("sum", new BigDecimal("1E+3"))
                .put("tags", List.of("a", true))
                .put("author", author)
                .put("more", JsonValue.array(1, null, POST.get("tags")))
                .build();

        assertEquals(
                "{\"id\":7,\"price\":1.5,\"sum\":1E+3,\"tags\":[\"a\",true],"
                        + "\"author\":{\"name\":\"Ann\",\"mail\":null},\"more\":[1,null,[\"a\",\"b\"]]}",
                tree.toString());
        assertEquals(tree, JsonValue.parse(tree.toString()));
        assertSame(POST, JsonValue.of(POST));
    }

    @Test
    void whatJsonHasNothingForIsRefused() {
        assertEquals(
                "JSON has nothing for a java.lang.Object",
                assertThrows(IllegalArgumentException.class, () -> JsonValue.of(List.of(new Object())))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> JsonValue.of(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> JsonValue.of(Float.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> new JsonValue.JsonNumber("0x7"));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        String odd = "\"\\/\0\u001f\u007f é€😀\ud800 \udc00\uD83D";

        String json = JsonValue.of(odd).toString();

        assertEquals(odd, JsonValue.parse(json.getBytes(UTF_8)).asText());
        assertEquals("\"\\\"\\\\/\\u0000\\u001f\u007f é€😀\\ud800 \\udc00\\ud83d\"", json);
    }

    @Test
    void aTreeDoesNotChange() {
        List<JsonValue> elements = Arrays.asList(JsonValue.of(1), JsonValue.of(2));
        JsonValue array = new JsonValue.JsonArray(elements);
        JsonValue.Builder builder = JsonValue.builder().put("a", 1);
        JsonValue object = builder.build();

        elements.set(0, JsonValue.of(3));
        builder.put("a", 2);

        assertEquals("[1,2]", array.toString());
        assertEquals("{\"a\":1}", object.toString());
        assertThrows(UnsupportedOperationException.class, () -> object.fields().clear());
        assertThrows(UnsupportedOperationException.class, () -> array.elements().clear());
    }

    @Test
    void objectsAreEqualInWhateverOrderAndNumbersAsTheyAreWritten() {
        assertEquals(JsonValue.parse("{\"a\":1,\"b\":2}"), JsonValue.parse("{\"b\":2,\"a\":1}"));
        assertFalse(JsonValue.parse("1").equals(JsonValue.parse("1.0")));
    }
}
