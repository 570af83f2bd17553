package io.martlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final List<String> URLS =
            IntStream.range(0, 20).mapToObj(i -> "https://h/" + i).toList();

    @TempDir
    Path folder;

    private Path written(int count) throws IOException {
        Path path = folder.resolve("run.done");
        try (Checkpoint checkpoint = Checkpoint.open(path)) {
            URLS.subList(0, count).forEach(checkpoint::add);
        }
        return path;
    }

    private static List<String> list(Iterable<String> keys) {
        List<String> all = new ArrayList<>();
        keys.forEach(all::add);
        return all;
    }

    @Test
    void theNextRunGoesOnWhereThisOneEnded() throws IOException {
        Path path = written(7);

        try (Checkpoint checkpoint = Checkpoint.open(path)) {
            assertEquals(URLS.subList(7, 20), list(checkpoint.remaining(URLS)));
            assertEquals(7, checkpoint.size());
            assertTrue(checkpoint.contains(URLS.get(0)));
            assertFalse(checkpoint.add(URLS.get(0)));
        }
    }

    @Test
    void whateverIsCutOffTheRestIsKeptAndNothingIsLost() throws IOException {
        byte[] whole = Files.readAllBytes(written(20));
        for (int length = 0; length <= whole.length; length++) {
            Path path = folder.resolve("cut" + length);
            Files.write(path, Arrays.copyOf(whole, length));
            int kept = Math.max(0, (length - 16) / 20);

            try (Checkpoint checkpoint = Checkpoint.open(path)) {
                assertEquals(URLS.subList(kept, 20), list(checkpoint.remaining(URLS)), "cut at " + length);
                URLS.forEach(checkpoint::add);
            }
            try (Checkpoint checkpoint = Checkpoint.open(path)) {
                assertEquals(List.of(), list(checkpoint.remaining(URLS)), "cut at " + length);
            }
        }
    }

    @Test
    void aRecordThatIsDamagedCountsAsNotAdded() throws IOException {
        byte[] whole = Files.readAllBytes(written(20));
        for (int at = 16; at < whole.length; at++) {
            Path path = folder.resolve("damaged" + at);
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            Files.write(path, damaged);

            try (Checkpoint checkpoint = Checkpoint.open(path)) {
                assertEquals(List.of(URLS.get((at - 16) / 20)), list(checkpoint.remaining(URLS)));
            }
        }
    }

    @Test
    void zerosThatAFileSystemLeavesAreNoKeys() throws IOException {
        Path path = written(2);
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, whole.length + 4096));

        try (Checkpoint checkpoint = Checkpoint.open(path)) {
            assertEquals(2, checkpoint.size());
        }
    }

    @Test
    void anotherFileIsRefusedAndLeftAlone() throws IOException {
        for (String text : List.of("x", "something that somebody needs", "martlet done 2\n\nand so on")) {
            Path path = Files.writeString(folder.resolve("other"), text);

            FileSystemException error = assertThrows(FileSystemException.class, () -> Checkpoint.open(path));

            assertEquals(path + ": it is no checkpoint", error.getMessage());
            assertEquals(text, Files.readString(path));
        }
    }

    @Test
    void itIsOpenOnce() throws IOException {
        Path path = written(1);
        Checkpoint checkpoint = Checkpoint.open(path);

        FileSystemException error = assertThrows(FileSystemException.class, () -> Checkpoint.open(path));
        assertEquals(path + ": this checkpoint is open already", error.getMessage());

        checkpoint.close();
        checkpoint.close();
        Checkpoint.open(path).close();
    }

    /** As POSIX has it, who closes a file a second time gives up the locks of the process. */
    @Test
    void whoIsRefusedLeavesItLockedAgainstOtherProcesses() throws Exception {
        Path path = written(1);
        try (Checkpoint checkpoint = Checkpoint.open(path)) {
            assertThrows(FileSystemException.class, () -> Checkpoint.open(path));

            assertEquals("open already", opened(path));
            assertTrue(checkpoint.add("https://h/more"));
        }
        assertEquals("2 keys", opened(path));
    }

    private static String opened(Path path) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Opener.class.getName(), path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** Another process that opens a checkpoint. */
    static final class Opener {
        public static void main(String[] args) throws IOException {
            try (Checkpoint checkpoint = Checkpoint.open(Path.of(args[0]))) {
                System.out.print(checkpoint.size() + " keys");
            } catch (FileSystemException e) {
                System.out.print(e.getReason().replace("this checkpoint is ", ""));
            }
        }
    }

    @Test
    void onlyItsOwnerCanReadIt() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(written(1))));
    }

    @Test
    void itHoldsNoKeyAsItIs() throws IOException {
        String text = new String(Files.readAllBytes(written(20)), java.nio.charset.StandardCharsets.ISO_8859_1);

        assertFalse(text.contains("https"));
        assertEquals(16 + 20 * 20, text.length());
    }

    @Test
    void nothingIsAddedToAClosedOne() throws IOException {
        Checkpoint checkpoint = Checkpoint.open(folder.resolve("run.done"));
        checkpoint.close();

        assertThrows(IllegalStateException.class, () -> checkpoint.add("key"));
    }

    @Test
    void whatIsAddedMeanwhileIsNoLongerRemaining() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(folder.resolve("run.done"))) {
            Iterator<Integer> remaining =
                    checkpoint.remaining(List.of(1, 2, 3), String::valueOf).iterator();
            assertEquals(1, remaining.next());

            checkpoint.add("2");

            assertEquals(3, remaining.next());
            assertEquals(
                    List.of(1, 3),
                    checkpoint.remaining(Stream.of(1, 2, 3), String::valueOf).toList());
        }
    }

    @Test
    void manyThreadsMayAdd() throws IOException {
        Path path = folder.resolve("run.done");
        List<String> keys = IntStream.range(0, 20_000).mapToObj(i -> "key " + i).toList();
        try (Checkpoint checkpoint = Checkpoint.open(path)) {
            long added = Stream.concat(keys.stream(), keys.stream())
                    .parallel()
                    .filter(checkpoint::add)
                    .count();
            assertEquals(20_000, added);
        }
        try (Checkpoint checkpoint = Checkpoint.open(path)) {
            assertEquals("Checkpoint(" + path + ", 20000 keys)", checkpoint.toString());
            assertEquals(List.of(), list(checkpoint.remaining(keys)));
        }
    }
}
