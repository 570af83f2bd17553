package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code martlet download}: files whole or not at all, resumed and verified. */
class DownloadTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private FilePeer server = FilePeer.of(1_000);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFileThatWasKilledGoesOnWhereItWas(@TempDir Path elsewhere) throws Exception {
        server.close();
        server = FilePeer.of(20 * MIB);
        server.stallAt(17 * MIB);
        String[] args = args("--sha256", sha256(), server.url() + "a.bin");
        ResumeOptionTest.awaitStateAndKill(folder, () -> Cli.start(elsewhere.resolve("messages"), args));
        assertEquals(Set.of("a.bin.martlet-part", "a.bin.martlet-part.state"), names());
        server.stallAt(Integer.MAX_VALUE);
        Process second = Cli.start(elsewhere.resolve("messages"), args);
        String out = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(second.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, second.exitValue(), out);
        assertTrue(out.contains("   1  resumed                  20971520"), out);
        assertEquals("GET /a.bin", server.asked().get(0));
        assertTrue(
                server.asked().get(1).startsWith("GET /a.bin bytes=16"),
                server.asked().toString());
        assertEquals(2, server.asked().size());
        assertEquals(Set.of("a.bin"), names());
        assertArrayEquals(server.content(), Files.readAllBytes(folder.resolve("a.bin")));
    }

    @Test
    void aSignalLeavesAllThatWasThereForTheNextRun(@TempDir Path elsewhere) throws Exception {
        server.close();
        server = FilePeer.of(MIB);
        server.stallAt(MIB / 2);
        Path part = folder.resolve("a.bin.martlet-part");
        String[] args = args("-q", server.url() + "a.bin");
        Process interrupted = ResumeOptionTest.startAndAwait(
                folder,
                () -> Cli.start(elsewhere.resolve("messages"), args),
                () -> Files.exists(part) && Files.size(part) == MIB / 2);
        // On Unix this is SIGTERM, and leaves its streams open.
        interrupted.toHandle().destroy();
        String out = new String(interrupted.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(interrupted.waitFor(60, TimeUnit.SECONDS));
        assertEquals(130, interrupted.exitValue());
        assertTrue(out.contains("given up  1, interrupted; the next run goes on with them"), out);
        server.stallAt(Integer.MAX_VALUE);
        assertEquals(0, Cli.run(args).exitCode());
        assertEquals(
                "GET /a.bin bytes=" + (MIB / 2 - 1) + "-" + (MIB - 1),
                server.asked().get(1));
        assertArrayEquals(server.content(), Files.readAllBytes(folder.resolve("a.bin")));
    }

    @Test
    void aLongFileIsFetchedInSegments() throws Exception {
        server.close();
        server = FilePeer.of(20 * MIB);
        assertEquals(0, Cli.run(args("--segments", "2", server.url() + "a.bin")).exitCode());
        assertEquals(2, server.asked().size());
        assertArrayEquals(server.content(), Files.readAllBytes(folder.resolve("a.bin")));
    }

    @Test
    void whatIsThereIsKeptUnlessItIsForced() throws Exception {
        Files.writeString(folder.resolve("a"), "mine");
        Result kept = Cli.run(args(server.url() + "a"));
        assertEquals(0, kept.exitCode());
        assertTrue(kept.out().contains("files     1 kept"), kept.out());
        assertEquals("mine", Files.readString(folder.resolve("a")));
        assertEquals(List.of(), server.asked());
        assertEquals(0, Cli.run(args("--force", server.url() + "a")).exitCode());
        assertArrayEquals(server.content(), Files.readAllBytes(folder.resolve("a")));
    }

    @Test
    void aFileWithAnotherDigestGetsNoName() {
        Result result = Cli.run(args("--sha256", "ab".repeat(32), server.url() + "a"));
        assertEquals(1, result.exitCode());
        assertTrue(result.out().contains("   1  Payload "), result.out());
        assertTrue(result.out().contains("the SHA-256 of the file is "), result.out());
        assertEquals(Set.of(), names());
    }

    @Test
    void aFileThatIsThereIsVerifiedToo() throws Exception {
        Files.write(folder.resolve("a"), server.content());
        assertEquals(0, Cli.run(args("--sha256", sha256(), server.url() + "a")).exitCode());
        Files.writeString(folder.resolve("a"), "mine");
        Result other = Cli.run(args("--sha256", sha256(), server.url() + "a"));
        assertEquals(1, other.exitCode());
        assertTrue(other.out().contains("a is there with another SHA-256; --force would replace it"), other.out());
        assertEquals("mine", Files.readString(folder.resolve("a")));
    }

    @Test
    void everyFileMustBeListedWhereThereAreChecksums(@TempDir Path elsewhere) throws Exception {
        Path sums = Files.writeString(elsewhere.resolve("SUMS"), sha256() + "  dist/a\n" + "0".repeat(64) + " *b\n");
        Result result = Cli.run(
                args("--checksums", sums.toString(), server.url() + "a", server.url() + "b", server.url() + "c"));
        assertEquals(1, result.exitCode());
        assertTrue(result.out().contains("--checksums has no digest of 'c'"), result.out());
        assertEquals(Set.of("a"), names());
    }

    @Test
    void noServerLeadsOutOfTheFolder() throws Exception {
        server.name("/1", "attachment; filename=\"../../evil\"");
        server.name("/2", "attachment; filename=\".bashrc\"");
        server.name("/3", "attachment; filename=\"C:\\\\windows\\\\x.martlet-part\"");
        server.name("/4", "attachment; filename=\"-rf\"");
        server.name("/5", "attachment; filename*=UTF-8''..%2F..%2Fna%C3%AFve.txt");
        server.name("/6", "attachment; filename=\"..\"");
        List<String> urls =
                Stream.of(1, 2, 3, 4, 5, 6).map(i -> server.url() + i).toList();
        Result result =
                Cli.run(args(Stream.concat(Stream.of("-J"), urls.stream()).toArray(String[]::new)));
        assertEquals(0, result.exitCode(), result.out());
        Charset ofNames = Charset.forName(System.getProperty("sun.jnu.encoding"));
        String naive = ofNames.newEncoder().canEncode('ï') ? "naïve.txt" : "na_ve.txt";
        assertEquals(Set.of("evil", "bashrc", "x_martlet-part", "_-rf", naive, "index.html"), names());
        assertFalse(Files.exists(folder.resolveSibling("evil")));
    }

    @Test
    void namesComeFromUrlsAndNoFileTakesThePlaceOfAnother() {
        String url = server.url();
        Result result = Cli.run(args(
                url + "x/a.txt",
                url + "y/a.txt",
                url + "x/a.txt",
                url,
                url + "%2e%2e%2fb",
                url + "A.txt",
                url + ".c?d=/e"));
        assertEquals(0, result.exitCode(), result.out());
        assertTrue(result.out().contains("files     6 saved, 1 repeated"), result.out());
        Set<String> unmarked = names().stream()
                .map(name -> name.replaceAll("-[0-9a-f]{8}", "-#"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("a.txt", "a-#.txt", "A-#.txt", "index.html", "b", "c"), unmarked);
    }

    @Test
    void whatFailsLeavesNothingAndIsTold() {
        Result result = Cli.run(args("--retries", "0", server.url() + "missing", Peer.refusingUrl(), "nonsense"));
        assertEquals(1, result.exitCode());
        assertTrue(result.out().contains("   1  Status "), result.out());
        assertTrue(result.out().contains("404 Not Found"), result.out());
        assertTrue(result.out().contains("   2  Connector "), result.out());
        assertTrue(result.out().contains("   3  InvalidUrl "), result.out());
        assertTrue(result.out().contains("files     3 failed"), result.out());
        assertEquals(Set.of(), names());
    }

    @Test
    void secretsAreSentAndNotShown() {
        try (DemoServer demo = DemoServer.start(0)) {
            Result result = Cli.run(args("-u", "me:hunter2", demo.baseUrl() + "basic-auth/me/hunter2"));
            assertEquals(0, result.exitCode(), result.out());
            Result inUrl = Cli.run(
                    args("-H", "X-Token: hunter3", demo.baseUrl().replace("//", "//me:hunter3@") + "basic-auth/me/b"));
            assertEquals(1, inUrl.exitCode());
            assertFalse((inUrl.out() + inUrl.err()).contains("hunter3"), inUrl.out());
        }
    }

    @Test
    void aRequestThatCannotBeMadeFailsAlone() {
        String meant = server.url().replace("//", "//me:hunter2@") + "a";
        Result result = Cli.run(args("-J", "-H", "Authorization: x", meant, server.url() + "b"));
        assertEquals(1, result.exitCode());
        assertTrue(result.out().contains("files     1 saved, 1 failed"), result.out());
        assertEquals(Set.of("b"), names());
    }

    @Test
    void wrongUsageIsTold() {
        assertRefused("Give URLs or --input, one of them");
        assertRefused("--sha256 is for one URL", "--sha256", "ab".repeat(32), "http://a/", "http://b/");
        assertRefused("'--sha256': must be 64 hexadecimal digits", "--sha256", "ab", "http://a/");
        assertRefused("'--segments': must be 1 to 64 but was 0", "--segments", "0", "http://a/");
        assertRefused("'--checksums': line 1 is no digest and a name", "--checksums", "pom.xml", "http://a/");
    }

    private void assertRefused(String message, String... args) {
        Result result = Cli.run(args(args));
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains(message), result.err());
    }

    private String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(server.content()));
    }

    private Set<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String[] args(String... more) {
        List<String> args = new ArrayList<>(List.of("download", "-o", folder.toString()));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }
}
