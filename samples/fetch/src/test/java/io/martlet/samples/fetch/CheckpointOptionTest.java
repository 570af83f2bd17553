package io.martlet.samples.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.Checkpoint;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import io.martlet.samples.fetch.input.DoneLines;
import java.io.BufferedReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --checkpoint}: what is done is not done again, and nothing is left out. */
class CheckpointOptionTest {
    @TempDir
    private Path directory;

    private final DemoServer server = DemoServer.start(0);
    private final String base = server.baseUrl();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRunThatWasKilledGoesOnAndFetchesNothingRecordedAgain() throws Exception {
        List<String> urls =
                IntStream.range(0, 300).mapToObj(i -> base + "anything?" + i).toList();
        Path input = Files.write(directory.resolve("urls"), urls);
        String[] args = args("-c", "4", "-i", input.toString());
        Process killed = Cli.start(directory.resolve("messages"), args);
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = killed.inputReader(UTF_8)) {
            // What is not read of the rest fills the pipe: the run cannot end.
            while (lines.size() < 2 * DoneLines.MAX_PENDING) {
                lines.add(out.readLine());
            }
            // Process.destroyForcibly would close the pipe, too.
            killed.toHandle().destroyForcibly();
            killed.waitFor();
            out.lines().forEach(lines::add);
        }
        long recorded = recorded();
        assertTrue(recorded >= DoneLines.MAX_PENDING && recorded < urls.size(), recorded + " recorded");
        server.resetCounters();
        Result second = Cli.run(args);
        assertEquals(0, second.exitCode(), second.err());
        assertEquals(urls.size() - recorded, server.requests());
        Set<String> all = new HashSet<>(second.json("url"));
        assertEquals(urls.size() - recorded, all.size());
        // The last line that was killed may be cut.
        lines.stream().filter(line -> line.endsWith("}")).forEach(line -> all.add(urlOf(line)));
        assertEquals(Set.copyOf(urls), all);
        assertEquals(urls.size(), recorded());
    }

    @Test
    void aUrlThatIsThereTwiceIsFetchedTwiceAndNeverAThirdTime() throws Exception {
        String[] args = args(base + "get", base + "get", base + "get?b");
        assertEquals(0, Cli.run(args).exitCode());
        assertEquals(3, server.requests());
        assertEquals("", Cli.run(args).out());
        assertEquals(3, server.requests());
        Result third = Cli.run(args(base + "get", base + "get?b", base + "get", base + "get"));
        assertEquals(List.of("3"), third.json("index"));
        assertTrue(third.err().contains("done      3 before this run"), third.err());
    }

    @Test
    void whatFailedIsTriedAgain() {
        String[] args = args(base + "get", base + "flaky/1?key=a", Peer.refusingUrl());
        assertEquals(List.of("200", "503", "null"), Cli.run(args).json("status"));
        assertEquals(List.of("200", "null"), Cli.run(args).json("status"));
        assertEquals(List.of("null"), Cli.run(args).json("status"));
    }

    @Test
    void anotherMethodOrBodyIsAnotherRequest() {
        assertEquals(1, Cli.run(args(base + "anything")).json().size());
        assertEquals(1, Cli.run(args("-X", "PUT", base + "anything")).json().size());
        assertEquals(1, Cli.run(args("-d", "a", base + "anything")).json().size());
        assertEquals(0, Cli.run(args("-d", "a", base + "anything")).json().size());
        assertEquals(1, Cli.run(args("-d", "b", base + "anything")).json().size());
        String line = "{\"url\": \"" + base + "anything\", \"method\": \"DELETE\"}\n";
        assertEquals(1, Cli.runWithInput(line, args("-i", "-")).json().size());
        assertEquals(0, Cli.runWithInput(line, args("-i", "-")).json().size());
    }

    @Test
    void numbersKeepThePlaceInTheWholeInput() {
        String[] args = args(base + "get", base + "flaky/1?key=b");
        assertEquals(List.of("0", "1"), Cli.run(args).json("index"));
        assertEquals(List.of("1"), Cli.run(args).json("index"));
    }

    @Test
    void aFileBelongsToItsUrlWhereverThatStandsAndNoErrorIsSaved() throws Exception {
        Path saved = directory.resolve("saved");
        String a = base + "anything/x.json?a";
        String b = base + "anything/x.json?b";
        Result first = Cli.run(args("-o", saved.toString(), a, base + "flaky/1?key=d"));
        assertEquals(List.of("200", "503"), first.json("status"));
        Result second = Cli.run(args("-o", saved.toString(), b, a, b, base + "flaky/1?key=d"));
        assertEquals(List.of("0", "2", "3"), second.json("index"));
        assertTrue(first.json().get(1).get("file").isNull(), first.out());
        List<String> files = second.json("file");
        assertTrue(files.get(0).matches("x-[0-9a-f]{16}\\.json"), files.get(0));
        assertEquals(files.get(0).replace(".json", "-2.json"), files.get(1));
        assertEquals(a, urlIn(saved.resolve(first.json("file").get(0))));
        assertEquals(b, urlIn(saved.resolve(files.get(0))));
        assertEquals(b, urlIn(saved.resolve(files.get(1))));
        try (Stream<Path> all = Files.list(saved)) {
            assertEquals(4, all.count());
        }
    }

    private static String urlIn(Path body) throws Exception {
        return Cli.parse(Files.readString(body)).get("url").asText();
    }

    @Test
    void theNamesOfCsvStandAboveTheFirstRunOnly() {
        String[] args = {"fetch", "--checkpoint", file(), "--format", "csv", base + "get", base + "flaky/1?key=c"};
        assertTrue(Cli.run(args).out().startsWith("index,url,"));
        assertTrue(Cli.run(args).out().startsWith("1," + base));
    }

    @Test
    void theSecretIsForTheHostOfTheFirstUrlEvenIfThatIsDone() {
        String other = base.replace("127.0.0.1", "localhost");
        assertEquals(
                List.of("200"),
                Cli.run(args("--bearer", "hunter2", base + "bearer")).json("status"));
        Result second = Cli.run(args("--bearer", "hunter2", base + "bearer", other + "bearer", base + "bearer"));
        assertEquals(List.of("401", "200"), second.json("status"));
    }

    @Test
    void aLineThatWasCutDoesNotSpoilTheNext() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/fd/1")), "nobody can tell here what standard output is");
        Path out = directory.resolve("out");
        // Whoever was killed had recorded nothing yet.
        Files.writeString(out, "{\"index\":0}\n{\"ind");
        ProcessBuilder second = Cli.process(directory.resolve("messages"), args(base + "get?b"));
        assertEquals(
                0,
                second.redirectOutput(Redirect.appendTo(out.toFile())).start().waitFor());
        List<String> lines = Files.readAllLines(out);
        assertEquals(List.of("{\"index\":0}", "{\"ind"), lines.subList(0, 2));
        assertEquals(base + "get?b", urlOf(lines.get(2)));
        assertEquals(3, lines.size());
    }

    @Test
    void aCheckpointThatIsNoneIsRefused() throws Exception {
        Files.writeString(directory.resolve("done"), "http://a list of URLs, maybe/\n");
        Result result = Cli.run(args(base + "get"));
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("'--checkpoint': cannot use '" + file() + "': it is no checkpoint"));
        assertFalse(result.err().contains("\tat "), result.err());
    }

    @Test
    void requestsAreAlikeOnlyIfAllThatWasGivenIs() {
        String url = base + "anything";
        assertEquals(1, Cli.run(args(url)).json().size());
        assertEquals(1, Cli.run(args("--json", "null", url)).json().size());
        assertEquals(1, Cli.run(args("-d", "null", url)).json().size());
        assertEquals(1, Cli.run(args("-F", "a=1\nb=2", url)).json().size());
        assertEquals(1, Cli.run(args("-F", "a=1", "-F", "b=2", url)).json().size());
        assertEquals(0, Cli.run(args("-F", "a=1", "-F", "b=2", url)).json().size());
    }

    @Test
    void anArchiveIsLeftAloneByARunThatIsRefused() throws Exception {
        Path har = Files.writeString(directory.resolve("run.har"), "of the run before");
        Files.writeString(directory.resolve("done"), "http://a list of URLs, maybe/\n");
        assertEquals(2, Cli.run(args("--har", har.toString(), base + "get")).exitCode());
        assertEquals("of the run before", Files.readString(har));
    }

    @Test
    void anArchiveThatCannotBeWrittenIsNotTheResults() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no disk that is full");
        List<String> args = new ArrayList<>(List.of("fetch", "--har", "/dev/full", "--format", "jsonl", "-q"));
        IntStream.range(0, 50).forEach(i -> args.add(base + "get?" + i));
        Result result = Cli.run(args.toArray(String[]::new));
        assertEquals(1, result.exitCode());
        assertEquals("martlet: cannot write --har: No space left on device\n", result.err());
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsNotTheResults() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/bash")), "there is no bash to limit files");
        Path input = Files.write(
                directory.resolve("urls"),
                IntStream.range(0, 100).mapToObj(i -> base + "get?" + i).toList());
        Process limited = new ProcessBuilder(
                        "/bin/bash",
                        "-c",
                        "ulimit -f 1; exec \"$@\"",
                        "-",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "fetch",
                        "-q",
                        "--checkpoint",
                        // A message with this name could be taken for that of a closed pipe.
                        directory.resolve("pipe").toString(),
                        "-i",
                        input.toString())
                .redirectErrorStream(true)
                .start();
        String written = new String(limited.getInputStream().readAllBytes(), UTF_8);
        assertEquals(1, limited.waitFor(), written);
        assertTrue(written.contains("martlet: cannot write --checkpoint: "), written);
        assertFalse(written.contains("cannot write the results"), written);
    }

    private long recorded() throws Exception {
        try (Checkpoint checkpoint = Checkpoint.open(Path.of(file()))) {
            return checkpoint.size();
        }
    }

    private static String urlOf(String line) {
        return Cli.parse(line).get("url").asText();
    }

    private String file() {
        return directory.resolve("done").toString();
    }

    private String[] args(String... more) {
        List<String> args = new ArrayList<>(List.of("fetch", "--checkpoint", file(), "--format", "jsonl"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }
}
