package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.martlet.samples.demo.HttpbinProcess;
import io.martlet.samples.demo.NginxProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command against servers that nobody here wrote. Skipped where they are not installed; CI installs them.
 *
 * <p>nginx counts: it answers 503 to every request beyond those it allows at once, so there must be no 503.
 */
class RealServersTest {
    private static final String COUNTING = "limit_conn_zone $server_name zone=all:1m; limit_conn_status 503;";

    /** More than a second's worth of bytes for each file: nginx, which counts in seconds, then takes one for each. */
    private static final int BYTES_PER_SECOND = 10_000;

    @TempDir
    private Path directory;

    @BeforeEach
    void serversAreInstalled() {
        assumeTrue(NginxProcess.isInstalled(), "nginx is not installed: apt-get install nginx");
    }

    @Test
    void aThousandFilesOfNginxArriveWholeWithNeverMoreThanAHundredInFlight() throws Exception {
        List<String> digests = writeFiles(1_000);
        try (NginxProcess nginx = NginxProcess.start(directory, COUNTING, files(100))) {
            assertFetched(digests, fetch(100, urls(nginx.baseUrl(), 1_000)));
        }
    }

    @Test
    void nginxSeesWhenThereAreMoreInFlightThanItAllows() throws Exception {
        writeFiles(100);
        try (NginxProcess nginx = NginxProcess.start(directory, COUNTING, files(10))) {
            List<JsonNode> lines = fetch(20, urls(nginx.baseUrl(), 100));
            assertTrue(lines.stream().anyMatch(line -> line.get("status").asInt() == 503), "nginx counted no eleventh");
        }
    }

    @Test
    void aThousandAnswersOfHttpbinArriveWholeWithNeverMoreThanTenInFlight() throws Exception {
        assumeTrue(HttpbinProcess.isInstalled(), "httpbin is not installed: apt-get install python3-httpbin");
        List<String> texts =
                IntStream.range(0, 1_000).mapToObj(i -> "answer " + i).toList();
        try (HttpbinProcess httpbin = HttpbinProcess.start();
                NginxProcess nginx = NginxProcess.start(directory, COUNTING, proxyOf(httpbin))) {
            List<String> urls = texts.stream()
                    .map(text -> nginx.baseUrl() + "base64/" + base64(text))
                    .toList();
            List<String> digests = texts.stream()
                    .map(text -> sha256(text.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            assertFetched(digests, fetch(10, urls));
        }
    }

    private static void assertFetched(List<String> digests, List<JsonNode> lines) {
        List<String> expected = digests.stream().map(digest -> "200 " + digest).toList();
        List<String> fetched = lines.stream()
                .map(line ->
                        line.get("status").asText() + " " + line.get("sha256").asText())
                .toList();
        assertEquals(expected, fetched);
    }

    private List<JsonNode> fetch(int concurrency, List<String> urls) throws IOException, InterruptedException {
        Path input = Files.write(directory.resolve("urls.txt"), urls);
        Path output = directory.resolve("lines.jsonl");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.martlet.samples.fetch.Main",
                        "fetch",
                        "-c",
                        String.valueOf(concurrency),
                        "-i",
                        input.toString(),
                        "--format",
                        "jsonl")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(output)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private List<String> writeFiles(int count) throws IOException {
        Path files = Files.createDirectories(directory.resolve("files"));
        Random random = new Random(1);
        List<String> digests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[BYTES_PER_SECOND + 100 + random.nextInt(900)];
            random.nextBytes(bytes);
            Files.write(files.resolve("file" + i), bytes);
            digests.add(sha256(bytes));
        }
        return digests;
    }

    private String files(int most) {
        return "root %s/files; limit_rate %s; limit_conn all %s;".formatted(directory, BYTES_PER_SECOND, most);
    }

    private static String proxyOf(HttpbinProcess httpbin) {
        return "limit_conn all 10; location / { proxy_pass %s; }".formatted(httpbin.baseUrl());
    }

    private static List<String> urls(String baseUrl, int count) {
        return IntStream.range(0, count).mapToObj(i -> baseUrl + "file" + i).toList();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
