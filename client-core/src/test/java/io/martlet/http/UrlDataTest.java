package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.error.ClientException.InvalidUrlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonNull;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The web platform tests for URLs. They lie outside the project: without them these tests are skipped. */
class UrlDataTest {
    private static final String REFUSED = "refused";
    private static final String NOT_CANONICAL = "IPv4 address not in canonical form: refused, the standard rewrites it";

    /** Inputs on which we differ from the standard, with the reason. */
    private static final Map<String, String> DEVIATIONS = Map.ofEntries(
            Map.entry("http://192.0x00A80001", NOT_CANONICAL),
            Map.entry("http://%30%78%63%30%2e%30%32%35%30.01", NOT_CANONICAL),
            Map.entry("http://%30%78%63%30%2e%30%32%35%30.01%2e", NOT_CANONICAL),
            Map.entry("http://０Ｘｃ０．０２５０．０１", NOT_CANONICAL),
            Map.entry("http://1.2.3.4./", NOT_CANONICAL),
            Map.entry("http://192.168.257", NOT_CANONICAL),
            Map.entry("http://192.168.257.", NOT_CANONICAL),
            Map.entry("http://256", NOT_CANONICAL),
            Map.entry("http://999999999", NOT_CANONICAL),
            Map.entry("http://999999999.", NOT_CANONICAL),
            Map.entry("http://4294967295", NOT_CANONICAL),
            Map.entry("http://0xffffffff", NOT_CANONICAL),
            Map.entry("https://0x.0x.0", NOT_CANONICAL),
            Map.entry("https://0x.0x.0x.0x", NOT_CANONICAL),
            Map.entry("https://00.00.00.00", NOT_CANONICAL),
            Map.entry("https://0000000000000000000000000000000000000000177.0.0.1", NOT_CANONICAL));

    @Test
    void urlsAgreeWithTheStandard() throws IOException {
        List<JsonObject> cases =
                cases("urltestdata.json").filter(UrlDataTest::isHttp).toList();

        Map<String, String> differences = differences(
                cases, UrlDataTest::expectedUrl, test -> actualUrl(text(test, "input"), text(test, "base")));

        report("urltestdata", "http(s) inputs", cases.size(), differences.size());
        assertEquals(describe(DEVIATIONS.keySet()), describe(differences.keySet()), differences::toString);
    }

    @Test
    void urlsWithAnotherSchemeAreRefused() throws IOException {
        List<JsonObject> cases = cases("urltestdata.json")
                .filter(test -> hasHttpBase(test) && !isHttp(test))
                .toList();

        assertFalse(cases.isEmpty(), "no cases");
        assertAll(cases.stream()
                .map(test -> () -> assertEquals(REFUSED, actualUrl(text(test, "input"), text(test, "base")))));
    }

    @Test
    void hostsAgreeWithUts46() throws IOException {
        List<JsonObject> cases = cases("toascii.json").toList();

        Map<String, String> differences = differences(
                cases,
                test -> Objects.requireNonNullElse(text(test, "output"), REFUSED),
                test -> actualHost(text(test, "input")));

        report("toascii", "hosts", cases.size(), differences.size());
        assertEquals(Map.of(), differences);
    }

    @Test
    void queriesArePercentEncodedAsUtf8() throws IOException {
        List<JsonObject> cases = cases("percent-encoding.json").toList();

        Map<String, String> differences = differences(
                cases,
                test -> text((JsonObject) Objects.requireNonNull(test.get("output")), "utf-8"),
                test -> Url.of("https://h.invalid/?" + text(test, "input") + "#f")
                        .query());

        report("percent-encoding", "inputs", cases.size(), differences.size());
        assertEquals(Map.of(), differences);
    }

    /** Whether the URL that is expected is http or https, or would be if it were one. */
    private static boolean isHttp(JsonObject test) {
        String input = Objects.requireNonNull(text(test, "input")).strip();
        boolean http = test.containsKey("failure")
                ? hasHttpScheme(input) || !input.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*")
                : hasHttpScheme(text(test, "protocol"));
        return http && hasHttpBase(test);
    }

    private static boolean hasHttpBase(JsonObject test) {
        String base = text(test, "base");
        return base == null || hasHttpScheme(base);
    }

    private static boolean hasHttpScheme(@Nullable String url) {
        return url != null && (url.startsWith("http:") || url.startsWith("https:"));
    }

    private static String expectedUrl(JsonObject test) {
        if (test.containsKey("failure")) {
            return REFUSED;
        }
        return Stream.of(
                        "href",
                        "protocol",
                        "username",
                        "password",
                        "host",
                        "hostname",
                        "port",
                        "pathname",
                        "search",
                        "hash")
                .map(part -> part + '=' + text(test, part))
                .collect(Collectors.joining("\n"));
    }

    private static String actualUrl(String input, @Nullable String base) {
        try {
            Url url = base == null ? Url.parse(input) : Url.parse(base).resolve(input);
            String[] userInfo = Objects.requireNonNullElse(url.userInfo(), "").split(":", 2);
            return String.join(
                    "\n",
                    "href=" + url.href(),
                    "protocol=" + url.scheme() + ":",
                    "username=" + userInfo[0],
                    "password=" + (userInfo.length == 2 ? userInfo[1] : ""),
                    "host=" + url.authority(),
                    "hostname=" + url.host(),
                    "port=" + (url.isDefaultPort() ? "" : url.port()),
                    "pathname=" + url.path(),
                    "search=" + withMark('?', url.query()),
                    "hash=" + withMark('#', url.fragment()));
        } catch (InvalidUrlException e) {
            return REFUSED;
        }
    }

    /** The standard's getters do not tell a bare mark from none. */
    private static String withMark(char mark, @Nullable String part) {
        return part == null || part.isEmpty() ? "" : mark + part;
    }

    private static String actualHost(String input) {
        try {
            return HostParser.parse(input);
        } catch (UrlSyntaxException e) {
            return REFUSED;
        }
    }

    private static Map<String, String> differences(
            List<JsonObject> cases, Function<JsonObject, String> expected, Function<JsonObject, String> actual) {
        assertFalse(cases.isEmpty(), "no cases");
        Map<String, String> differences = new TreeMap<>();
        for (JsonObject test : cases) {
            String wanted = expected.apply(test);
            String got = actual.apply(test);
            if (!wanted.equals(got)) {
                differences.put(text(test, "input"), "\nexpected\n" + wanted + "\nbut was\n" + got + "\n");
            }
        }
        return differences;
    }

    private static String describe(Set<String> inputs) {
        return inputs.stream().sorted().collect(Collectors.joining("\n"));
    }

    private static void report(String data, String what, int total, int differences) {
        System.out.println(data + ": " + (total - differences) + " of " + total + " " + what + " agree, " + differences
                + " listed deviations");
    }

    private static Stream<JsonObject> cases(String file) throws IOException {
        String data = System.getProperty("martlet.data");
        assumeTrue(data != null, "the system property martlet.data is not set");
        Path path = Path.of(data, "url", file);
        assumeTrue(Files.exists(path), path + " does not exist");
        JsonArray array = (JsonArray) Json.Default.parseToJsonElement(Files.readString(path));
        // Strings between the cases are comments.
        return array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    private static @Nullable String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value == null || value instanceof JsonNull ? null : ((JsonPrimitive) value).getContent();
    }
}
