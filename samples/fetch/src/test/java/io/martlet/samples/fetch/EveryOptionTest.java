package io.martlet.samples.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import io.martlet.samples.fetch.download.DownloadCommand;
import io.martlet.samples.fetch.output.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of {@code fetch} and {@code download}, given to the command as a process; some processes for all. */
class EveryOptionTest {
    /** So many at once are started and done the soonest. */
    private static final int PROCESSES = 4;

    @TempDir
    private static Path files;

    private static final Map<String, Future<Result>> RUNS = new LinkedHashMap<>();
    private static final Map<String, Set<String>> OPTIONS =
            Map.of("fetch", new TreeSet<>(), "download", new TreeSet<>());

    private static ExecutorService starters;
    private static DemoServer server;
    private static FilePeer filePeer;
    private static TlsPeer tlsPeer;
    private static String base;

    @BeforeAll
    static void startAll() throws Exception {
        X509Certificate certificate = TlsPeer.makeCertificate(files, "server");
        TlsPeer.makeCertificate(files, "client");
        String pin = "sha256/"
                + Base64.getEncoder()
                        .encodeToString(sha256(certificate.getPublicKey().getEncoded()));
        server = DemoServer.start(0);
        filePeer = FilePeer.of(1_000);
        tlsPeer = TlsPeer.start(files, "TLSv1.3");
        starters = Executors.newFixedThreadPool(PROCESSES);
        base = server.baseUrl();
        String named = base.replace("127.0.0.1", "a.test");
        String port = String.valueOf(server.port());
        write("data", "from a file");
        write("netrc", "default login me password hunter2");
        write("urls", base + "basic-auth/me/hunter2\n");
        write("file-urls", filePeer.url().replace("127.0.0.1", "a.test") + "x\n");
        write("SUMS", HexFormat.of().formatHex(sha256(filePeer.content())) + "  x\n");
        String noPin = "sha256/" + "A".repeat(43) + "=";

        // Those that wait for a limit first.
        run(
                "bounded",
                "fetch -c 1 --max-body 1K --read-timeout 5 --max-redirects 1 --format jsonl " + base + "bytes/2000 "
                        + base + "redirect/2 " + base + "delay/60 " + base + "get");
        run(
                "queued",
                "fetch -c 2 --limit-per-host 1 --queue-timeout 0.3 --format jsonl " + base + "delay/9 " + base + "get");
        run(
                "all",
                "fetch -c 2 --limit-per-host 2 --rate 1000 --retries 1 --retry-on 503,timeout --timeout 60"
                        + " --connect-timeout 30 --read-timeout 30 --queue-timeout 30 --max-body 1M --fail-fast"
                        + " --max-redirects 3 -H X-A:1 -b a=hunter2 -F b=1 -X PUT -u me:hunter2 --tls-min 1.2 --pin "
                        + noPin
                        + " --format jsonl -v --har FILES/har --report FILES/page --cookie-jar FILES/jar -o FILES/all"
                        + " --resolve a.test:" + port + ":127.0.0.1 " + named + "anything " + named
                        + "flaky/1?key=all");
        run(
                "tls",
                "fetch --cacert FILES/server.pem --cert FILES/client.pem --key FILES/client.key --tls-min 1.3 --pin "
                        + pin + " --format jsonl -o FILES/tls " + tlsPeer.url());
        run(
                "trusting",
                "fetch -k -q --bearer hunter2 --no-redirects --no-decompress --format jsonl " + base + "bearer " + base
                        + "redirect/1 " + base + "gzip " + tlsPeer.url());
        run(
                "digest",
                "fetch -u me:hunter2 --digest --json {\"a\":1} --format csv " + base + "digest-auth/auth/me/hunter2");
        run(
                "again",
                "NETRC=FILES/netrc fetch --netrc --checkpoint FILES/done --resume -o FILES/again --format jsonl -i"
                        + " FILES/urls");
        run("cio", "fetch --engine cio --show-secrets -d @FILES/data -o FILES/cio --format jsonl " + base + "anything");
        run(
                "dry",
                "fetch --dry-run -u me:hunter2 -b a=hunter2 -H X-Token:hunter2 -d {\"password\":\"hunter2\"} " + base
                        + "anything?key=hunter2");
        run("fast", "fetch -c 1 --fail-fast --timeout 0.5 --format jsonl " + base + "delay/9 " + base + "get");

        run(
                "files",
                "download -o FILES/files -j 2 --segments 2 -J --force -H X-A:1 -q --checksums FILES/SUMS"
                        + " --limit-per-host 3 --rate 1000 --retries 1 --retry-on 503 --timeout 60 --connect-timeout 30"
                        + " --read-timeout 30 --queue-timeout 30 --max-body 1M --fail-fast -u me:hunter2 --cookie-jar"
                        + " FILES/jar2 --tls-min 1.2 --pin " + noPin
                        + " --resolve a.test:*:127.0.0.1 -i FILES/file-urls");
        run(
                "file",
                "download -o FILES/file -k --bearer hunter2 --sha256 "
                        + HexFormat.of().formatHex(sha256("TLSv1.3 nobody".getBytes(UTF_8))) + " " + tlsPeer.url());
        run(
                "file-tls",
                "NETRC=FILES/netrc download --netrc -o FILES/file-tls --cacert FILES/server.pem --cert FILES/client.pem"
                        + " --key FILES/client.key " + tlsPeer.url());
        run(
                "file-cio",
                "download -q --engine cio -u me:hunter2 --digest -o FILES/file-cio " + base
                        + "digest-auth/auth/me/hunter2");
    }

    /** Starts the command in a process, words separated by blanks, and takes note of its options. */
    private static void run(String name, String words) {
        String[] args = Arrays.stream(words.split(" "))
                .map(word -> word.replace("FILES", files.toString()))
                .toArray(String[]::new);
        String command = args[0].indexOf('=') > 0 ? args[1] : args[0];
        Arrays.stream(args).filter(arg -> arg.startsWith("-")).forEach(OPTIONS.get(command)::add);
        Path messages = files.resolve(name + ".messages");
        RUNS.put(name, starters.submit(() -> {
            Process process = Cli.start(messages, args);
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Result(process.waitFor(), out, Files.readString(messages));
        }));
    }

    @AfterAll
    static void stopAll() {
        starters.shutdownNow();
        tlsPeer.close();
        filePeer.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fetch", "download"})
    void everyOptionIsGivenToAProcess(String command) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        Streams streams = new Streams(InputStream.nullInputStream(), nowhere, nowhere, 0, 0);
        Object commandObject = command.equals("fetch") ? new FetchCommand(streams) : new DownloadCommand(streams);
        List<String> missing = new ArrayList<>();
        for (OptionSpec option : new CommandLine(commandObject).getCommandSpec().options()) {
            boolean isAboutTheCommand = option.usageHelp() || option.versionHelp();
            if (!isAboutTheCommand && Arrays.stream(option.names()).noneMatch(OPTIONS.get(command)::contains)) {
                missing.add(option.longestName());
            }
        }
        assertEquals(List.of(), missing, "options of " + command + " that no run of this test has");
    }

    @Test
    void nothingThatIsWrittenShowsASecret() throws Exception {
        StringBuilder written = new StringBuilder();
        for (Map.Entry<String, Future<Result>> run : RUNS.entrySet()) {
            Result result = run.getValue().get();
            written.append(result.out()).append(result.err());
        }
        written.append(Files.readString(files.resolve("har")));
        written.append(Files.readString(files.resolve("page")));
        written.append(Files.readString(files.resolve("done"), ISO_8859_1));
        // What is in the path of a URL was no secret before.
        String text = written.toString()
                .replace("/me/hunter2", "")
                .replace("file-cio/hunter2", "")
                .replaceAll("hunter2-[0-9a-f]{16}", "");
        assertFalse(
                text.contains("hunter"),
                () -> text.lines().filter(line -> line.contains("hunter")).collect(Collectors.joining("\n")));
    }

    @Test
    void theOptionsForRequestsWorkTogether() throws Exception {
        Result result = succeeded("all");
        assertEquals(List.of("200", "200"), result.json("status"));
        assertEquals("2", result.json("attempts").get(1));
        assertTrue(result.err().contains("> PUT http://a.test:"), result.err());
        JsonNode echo = saved("all/00001-anything");
        assertEquals("PUT", echo.get("method").asText());
        assertEquals("1", echo.get("form").get("b").asText());
        assertEquals("1", echo.get("headers").get("X-A").asText());
        assertEquals("a=hunter2", echo.get("headers").get("Cookie").asText());
        assertEquals(
                "Basic bWU6aHVudGVyMg==",
                echo.get("headers").get("Authorization").asText());
        assertTrue(Files.exists(files.resolve("jar")));
        JsonNode har = Cli.parse(Files.readString(files.resolve("har")));
        assertEquals("PUT", har.at("/log/entries/0/request/method").asText());
    }

    @Test
    void everyFieldOfJsonLinesIsThere() throws Exception {
        JsonNode line = succeeded("tls").json().get(0);
        assertTrue(line.get("remoteAddress").asText().endsWith(":" + tlsPeer.port()), line.toString());
        assertFalse(line.get("reused").booleanValue());
        assertEquals("http/1.1", line.get("protocol").asText());
        assertEquals("TLSv1.3", line.at("/tls/version").asText());
        for (String phase : List.of("dns", "connect", "tls", "send", "firstByte", "receive")) {
            assertTrue(line.at("/timings/" + phase).isNumber(), phase + " of " + line);
        }
        assertTrue(line.get("timings").has("queue") && line.has("trailers"), line.toString());
        assertEquals("TLSv1.3 CN=client", Files.readString(files.resolve("tls/00001-page")));
    }

    @Test
    void theOthersDoWhatTheySay() throws Exception {
        assertEquals(List.of("200", "302", "200", "200"), succeeded("trusting").json("status"));
        assertEquals(
                "gzip",
                result("trusting")
                        .json()
                        .get(2)
                        .at("/headers/Content-Encoding/0")
                        .asText());
        assertEquals("", result("trusting").err());
        assertTrue(succeeded("digest").out().contains(",200,"), result("digest").out());
        assertEquals(List.of("200"), succeeded("again").json("status"));
        assertTrue(Files.exists(
                files.resolve("again").resolve(result("again").json("file").get(0))));
        assertEquals("200", succeeded("cio").json("status").get(0));
        assertEquals("from a file", saved("cio/00001-anything").get("data").asText());
        assertTrue(succeeded("dry").out().startsWith("curl "), result("dry").out());
    }

    @Test
    void limitsAreKept() throws Exception {
        assertEquals(
                List.of("BodyTooLongException", "TooManyRedirectsException", "ReadTimeoutException", ""),
                errors("bounded"));
        assertEquals(List.of("", "QueueTimeoutException"), errors("queued"));
        assertEquals(List.of("TotalTimeoutException"), errors("fast"));
    }

    @Test
    void filesAreDownloaded() throws Exception {
        succeeded("files");
        assertEquals(List.of("HEAD /x", "GET /x"), filePeer.asked());
        assertEquals(1_000, Files.size(files.resolve("files/x")));
        succeeded("file");
        succeeded("file-tls");
        assertEquals("TLSv1.3 CN=client", Files.readString(files.resolve("file-tls/page")));
        succeeded("file-cio");
    }

    private static List<String> errors(String run) throws Exception {
        return result(run).json().stream()
                .map(line -> line.at("/error/type").asText())
                .toList();
    }

    private static Result succeeded(String run) throws Exception {
        Result result = result(run);
        assertEquals(0, result.exitCode(), result.out() + result.err());
        return result;
    }

    private static Result result(String run) throws Exception {
        return RUNS.get(run).get();
    }

    private static JsonNode saved(String file) throws Exception {
        return Cli.parse(Files.readString(files.resolve(file)));
    }

    private static void write(String file, String text) throws Exception {
        Files.writeString(files.resolve(file), text);
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
