package io.martlet.cookie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.Url;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonNull;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tests of the IETF's http-state group. They lie outside the project: without them these tests are skipped. */
class HttpStateDataTest {
    /** Between the dates of the tests that have passed and those that have not. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2015-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    /** Tests on which we differ, with the paragraph that we follow. Three of them were disabled by those who wrote them. */
    private static final Map<String, String> DEVIATIONS = Map.of(
            "DISABLED_CHROMIUM0022", "RFC 6265bis §5.6 step 1: a control character makes the field void, not shorter",
            "DISABLED_CHROMIUM0023", "RFC 6265bis §5.6 step 1, as before",
            "DISABLED_PATH0029", "RFC 6265bis §5.1.4: paths are compared as they are written, %6F is no o",
            "OPTIONAL_DOMAIN0042", "RFC 6265bis §5.6.3: the last Domain counts, and an empty one means the host alone");

    @Test
    void cookiesAreKeptAndSentAsTheTestsSay() throws IOException {
        check("parser.json", "cases", DEVIATIONS, HttpStateDataTest::expectedCookies, HttpStateDataTest::sentCookies);
    }

    @Test
    void datesAreReadAsTheTestsSay() throws IOException {
        check("examples.json", "dates", Map.of(), HttpStateDataTest::expectedDate, HttpStateDataTest::readDate);
    }

    @Test
    void datesOfBrowsersAreReadAsTheTestsSay() throws IOException {
        check("bsd-examples.json", "dates", Map.of(), HttpStateDataTest::expectedDate, HttpStateDataTest::readDate);
    }

    private static String expectedCookies(JsonObject test) {
        return ((JsonArray) test.get("sent"))
                .stream()
                        .map(JsonObject.class::cast)
                        .map(cookie -> text(cookie, "name") + "=" + text(cookie, "value"))
                        .collect(Collectors.joining("; "));
    }

    private static String sentCookies(JsonObject test) {
        try {
            Url setter = Url.of("http://home.example.org:8888/cookie-parser?" + text(test, "test"));
            String target = text(test, "sent-to");
            List<String> received = ((JsonArray) test.get("received"))
                    .stream().map(HttpStateDataTest::text).toList();
            MemoryCookieJar jar = MemoryCookieJar.builder().clock(CLOCK).build();
            jar.store(setter, received);
            return jar.cookiesFor(setter.resolve(target == null ? "/cookie-parser-result" : target)).stream()
                    .map(cookie -> cookie.name() + "=" + cookie.value())
                    .collect(Collectors.joining("; "));
        } catch (InvalidUrlException e) {
            throw new AssertionError(e);
        }
    }

    private static String expectedDate(JsonObject test) {
        return String.valueOf(text(test, "expected"));
    }

    private static String readDate(JsonObject test) {
        Instant date = CookieDate.parse(String.valueOf(text(test, "test")));
        return date == null ? "null" : HTTP_DATE.format(date).replaceFirst(" (\\d) ", " 0$1 ");
    }

    private static void check(
            String file,
            String what,
            Map<String, String> deviations,
            Function<JsonObject, String> expected,
            Function<JsonObject, String> actual)
            throws IOException {
        List<JsonObject> tests = tests(file);
        assertFalse(tests.isEmpty(), "no cases");
        Map<String, String> differences = new TreeMap<>();
        for (JsonObject test : tests) {
            if (!expected.apply(test).equals(actual.apply(test))) {
                differences.put(
                        text(test, "test"), "expected " + expected.apply(test) + " but was " + actual.apply(test));
            }
        }
        System.out.println("http-state/" + file + ": " + (tests.size() - differences.size()) + " of " + tests.size()
                + " " + what + " agree, " + differences.size() + " listed deviations");
        assertEquals(new TreeMap<>(deviations).keySet(), differences.keySet(), differences::toString);
    }

    private static List<JsonObject> tests(String file) throws IOException {
        String data = System.getProperty("martlet.data");
        assumeTrue(data != null, "the system property martlet.data is not set");
        Path path = Path.of(data, "http-state", file);
        assumeTrue(Files.exists(path), path + " does not exist");
        String json = Files.readAllLines(path).stream()
                .filter(line -> !line.startsWith("//"))
                .collect(Collectors.joining("\n"));
        return ((JsonArray) Json.Default.parseToJsonElement(json))
                .stream().map(JsonObject.class::cast).toList();
    }

    private static @Nullable String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value == null || value instanceof JsonNull ? null : text(value);
    }

    private static String text(JsonElement value) {
        return ((JsonPrimitive) value).getContent();
    }
}
