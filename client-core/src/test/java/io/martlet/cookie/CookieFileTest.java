package io.martlet.cookie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.cookie.Cookie.SameSite;
import io.martlet.http.Url;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieFileTest {
    private static final Url PAGE = Url.of("https://www.example.com/");
    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

    private static final Cookie HOST =
            Cookie.builder(PAGE, "host", "\"1, ž\tx\"").build();
    private static final Cookie FULL = Cookie.builder(PAGE, "full", "s3cret==")
            .domain("example.com")
            .path("/a b")
            .expires(END)
            .secure(true)
            .httpOnly(true)
            .build();
    private static final Cookie EMPTY = Cookie.builder(PAGE, "empty", "").build();
    private static final List<Cookie> COOKIES = List.of(HOST, FULL, EMPTY);

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("cookies");
    }

    static Stream<CookieFormat> formats() {
        return Stream.of(new JsonCookies(), new NetscapeCookies());
    }

    private static CookieFile file(CookieFormat format, Path path) {
        return format instanceof JsonCookies ? CookieFile.json(path) : CookieFile.netscape(path);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsSavedIsLoaded(CookieFormat format) throws IOException {
        file(format, path).save(COOKIES);

        assertEquals(COOKIES, file(format, path).load());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aJarIsTheSameAfterwards(CookieFormat format) throws IOException {
        MutableClock clock = new MutableClock();
        MemoryCookieJar before = MemoryCookieJar.builder().clock(clock).build();
        before.store(PAGE, List.of("a=1", "b=2; Domain=example.com; Max-Age=60", "c=3; Secure; Path=/x; HttpOnly"));
        file(format, path).save(before.cookies());

        MemoryCookieJar after = MemoryCookieJar.builder().clock(clock).build();
        after.replaceAll(file(format, path).load());

        assertEquals(before.cookies(), after.cookies());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void onlyItsOwnerCanReadIt(CookieFormat format) throws IOException {
        assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("posix"), "no modes here");
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        file(format, path).save(COOKIES);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void nothingIsLeftBeside(CookieFormat format) throws IOException {
        file(format, path).save(COOKIES);
        file(format, path).save(List.of());

        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(path), files.toList());
        }
        assertEquals(List.of(), file(format, path).load());
    }

    @Test
    void aSaveThatFailsLeavesTheFileAsItWas() throws IOException {
        Files.createDirectories(path.resolve("not empty"));

        assertThrows(IOException.class, () -> CookieFile.json(path).save(COOKIES));

        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(path), files.toList());
        }
        assertTrue(Files.exists(path.resolve("not empty")));
    }

    @Test
    void jsonKeepsSameSiteAndFractionsOfSeconds() throws IOException {
        Cookie cookie = Cookie.builder(PAGE, "a", "1")
                .expires(END.plusNanos(123_456_789))
                .sameSite(SameSite.LAX)
                .build();

        CookieFile.json(path).save(List.of(cookie));

        assertEquals(List.of(cookie), CookieFile.json(path).load());
    }

    @Test
    void jsonHasALineForEachCookie() throws IOException {
        CookieFile.json(path).save(List.of(FULL, EMPTY));

        assertEquals("""
                {"version":1,"cookies":[
                {"name":"full","value":"s3cret==","domain":"example.com","hostOnly":false,"path":"/a b","expires":"2027-01-01T00:00:00Z","secure":true,"httpOnly":true},
                {"name":"empty","value":"","domain":"www.example.com","hostOnly":true,"path":"/","secure":false,"httpOnly":false}
                ]}
                """, Files.readString(path));
    }

    @Test
    void netscapeIsWrittenAsCurlWritesIt() throws IOException {
        CookieFile.netscape(path).save(List.of(FULL, EMPTY));

        assertEquals(
                "# Netscape HTTP Cookie File\n"
                        + "#HttpOnly_.example.com\tTRUE\t/a b\tTRUE\t1798761600\tfull\ts3cret==\n"
                        + "www.example.com\tFALSE\t/\tFALSE\t0\tempty\t\n",
                Files.readString(path));
    }

    @Test
    void netscapeIsReadAsOthersWriteIt() throws IOException {
        Files.writeString(
                path,
                "# Netscape HTTP Cookie File\r\n# comment\r\n\r\n"
                        + ".Example.com\tTRUE\t/\tFALSE\t1798761600\ta\t1\r\n"
                        + "#HttpOnly_www.example.com\tFALSE\t/x\tTRUE\t0\tb\r\n");

        assertEquals(
                "[a=(hidden); Domain=example.com; Path=/; Expires=2027-01-01T00:00:00Z,"
                        + " b=(hidden); Host=www.example.com; Path=/x; Secure; HttpOnly]",
                CookieFile.netscape(path).load().toString());
    }

    @Test
    void netscapeLeavesOutWhatItCannotSay() throws IOException {
        CookieFile.netscape(path).save(List.of(Cookie.builder(PAGE, "a\tb", "1").build(), EMPTY));

        assertEquals(List.of(EMPTY), CookieFile.netscape(path).load());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                        | it is not JSON",
                "{\"version\":1,\"cookies\":[{\"value\":\"s3cret           | it is not JSON",
                "s3cret                                                    | it has no array \"cookies\"",
                "[\"s3cret\"]                                              | it has no array \"cookies\"",
                "{\"cookies\":\"s3cret\"}                                  | it has no array \"cookies\"",
                "{\"cookies\":[]}                                          | its version is not 1",
                "{\"version\":2,\"cookies\":[]}                            | its version is not 1",
                "{\"version\":1,\"cookies\":[\"s3cret\"]}                  | cookie 0: it is no object",
                "{\"version\":1,\"cookies\":[{\"name\":7}]}                | cookie 0: \"name\" is no string",
                "{\"version\":1,\"cookies\":[{\"name\":\"a\"}]}            | cookie 0: \"value\" is no string",
            })
    void whatIsNotTheJsonOfCookiesIsAnErrorThatQuotesNothing(String text, String reason) throws IOException {
        Files.writeString(path, text);

        assertRefused(CookieFile.json(path), reason);
    }

    @ParameterizedTest
    @CsvSource({
        "hostOnly, '\"true\"', '\"hostOnly\" is neither true nor false'",
        "secure,   1,          '\"secure\" is neither true nor false'",
        "expires,  '\"s3cret\"', '\"expires\" is no instant'",
        "expires,  5,          '\"expires\" is no string'",
        "sameSite, '\"s3cret\"', '\"sameSite\" is none of STRICT, LAX, NONE'",
        "path,     '\"s3cret\"', path of cookie a does not start with a slash",
        "domain,   '\"\"',     domain of cookie a is no host in ASCII",
        "name,     '\"\"',     name of a cookie is empty",
        "value,    '\"s3cret;\"', 'value of cookie a has the character \\u003b at index 6 (RFC 6265 §4.1.1)'",
    })
    void aFieldThatIsNotRightIsNamed(String field, String json, String reason) throws IOException {
        List<String> fields = new ArrayList<>(List.of(
                "\"name\":\"a\"",
                "\"value\":\"s3cret\"",
                "\"domain\":\"h\"",
                "\"hostOnly\":true",
                "\"path\":\"/\"",
                "\"secure\":false",
                "\"httpOnly\":false"));
        fields.removeIf(each -> each.startsWith('"' + field + '"'));
        fields.add('"' + field + "\":" + json);
        Files.writeString(path, "{\"version\":1,\"cookies\":[{" + String.join(",", fields) + "}]}");

        assertRefused(CookieFile.json(path), "cookie 0: " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3cret                          | line 1: it has 1 fields, not 7",
                "'h\tFALSE\t/\tFALSE\t0'         | line 1: it has 5 fields, not 7",
                "'h\tno\t/\tFALSE\t0\ta\ts3cret' | line 1: a flag is neither TRUE nor FALSE",
                "'h\tTRUE\t/\tFALSE\tx\ta\ts3cret' | line 1: its end is no number of seconds",
                "'h\tTRUE\t/\tFALSE\t9223372036854775807\ta\ts3cret' | line 1: its end is no number of seconds",
                "'h\tTRUE\tx\tFALSE\t0\ta\ts3cret' | line 1: path of cookie a does not start with a slash",
                "'#\n\nh\tTRUE\t/\tFALSE\t0\t\ts3cret' | line 3: name of a cookie is empty",
            })
    void whatIsNoLineOfNetscapeIsAnErrorThatQuotesNothing(String text, String reason) throws IOException {
        Files.writeString(path, text);

        assertRefused(CookieFile.netscape(path), reason);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void serializedObjectsAreNotRead(CookieFormat format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(new ArrayList<>(List.of("s3cret")));
        }
        Files.write(path, bytes.toByteArray());

        assertRefused(file(format, path), "it is not UTF-8");
    }

    @Test
    void nestingWithoutEndIsNoStackOverflow() throws IOException {
        Files.writeString(path, "[".repeat(200_000));

        assertRefused(CookieFile.json(path), "it is not JSON");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aFileThatIsTooLongIsNotRead(CookieFormat format) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }

        IOException e = assertThrows(IOException.class, () -> file(format, path).load());

        assertEquals(path + " has 1073741824 bytes; a cookie file has at most 16777216", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "missing/too"})
    void aFileThatIsMissingIsAnErrorOfItsOwn(String name) {
        assertThrows(
                NoSuchFileException.class,
                () -> CookieFile.json(folder.resolve(name)).load());
    }

    private void assertRefused(CookieFile file, String reason) {
        IOException e = assertThrows(IOException.class, file::load);

        assertEquals(path + " is no cookie file: " + reason, e.getMessage());
        StringWriter printed = new StringWriter();
        e.printStackTrace(new PrintWriter(printed));
        assertFalse(printed.toString().contains("s3cret"), printed::toString);
    }
}
