package io.martlet;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32C;

/**
 * A file that records what a long run has done, so that the next run continues where this one was killed: a set of keys that
 * only grows.
 *
 * <pre>{@code
 * try (Checkpoint done = Checkpoint.open(Path.of("run.done"))) {
 *     session.gather(done.remaining(urls), 50, url -> session.get(url).thenAccept(response -> {
 *         save(response);
 *         done.add(url);
 *     })).join();
 * }
 * }</pre>
 *
 * <p>A key is added when its result is safe: what was added is never fetched again, and what was not will be. Whatever
 * {@link #add} has returned for survives the death of the process, at any moment; the loss of power, what was added before the
 * last {@link #force}. A record that was cut off, or is damaged otherwise, counts as not added.
 *
 * <p>The file has 20 bytes for each key, a hash of 128 bits (of SHA-256) and a checksum, no key as it is; only its owner can
 * read it, where the file system knows owners. In memory a key takes 18 to 25 bytes: 1,000,000 of them need at most 25 MB.
 * Used by any number of threads at once, by one process at a time. What {@code add} does on disk is short, but blocks.
 */
public final class Checkpoint implements Closeable {
    private static final byte[] HEAD = "martlet done 1\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_BYTES = 16;
    private static final int RECORD_BYTES = HASH_BYTES + Integer.BYTES;
    private static final int RECORDS_AT_ONCE = 4096;

    /** Those that are open in this JVM: closing a second one would give up the lock of the first (POSIX). */
    private static final Set<Object> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final RandomAccessFile file;
    private final Object identity;

    // Guarded by this.
    private final MessageDigest sha256 = newSha256();
    private final CRC32C sum = new CRC32C();
    private final ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
    private final KeyTable keys = new KeyTable();
    private long end;
    private boolean isClosed;

    private Checkpoint(Path path, RandomAccessFile file, Object identity) {
        this.path = path;
        this.file = file;
        this.identity = identity;
    }

    /**
     * Opens the checkpoint in the file {@code path}, or begins it.
     *
     * @param path where the file is or will be: in the default file system, and in a folder that is there
     * @return the checkpoint, with what earlier runs have added; whoever opens it closes it
     * @throws IOException if the file cannot be written, holds something else, or is open already
     */
    public static Checkpoint open(Path path) throws IOException {
        create(path);
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        Object identity = key == null ? path.toRealPath() : key;
        if (!OPEN.add(identity)) {
            throw isOpen(path);
        }
        try {
            return open(path, identity);
        } catch (IOException | RuntimeException | Error e) {
            OPEN.remove(identity);
            throw e;
        }
    }

    private static Checkpoint open(Path path, Object identity) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            lock(path, file);
            Checkpoint checkpoint = new Checkpoint(path, file, identity);
            checkpoint.recall();
            return checkpoint;
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static FileSystemException isOpen(Path path) {
        return new FileSystemException(path.toString(), null, "this checkpoint is open already");
    }

    private static void create(Path path) throws IOException {
        boolean hasModes = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] forItsOwner = hasModes
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(path, forItsOwner);
        } catch (FileAlreadyExistsException e) {
            // so much the better
        }
    }

    private static void lock(Path path, RandomAccessFile file) throws IOException {
        FileLock lock;
        try {
            lock = file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw isOpen(path);
        }
    }

    private void recall() throws IOException {
        long length = file.length();
        byte[] head = new byte[(int) Math.min(length, HEAD.length)];
        file.readFully(head);
        if (!Arrays.equals(head, Arrays.copyOf(HEAD, head.length))) {
            throw new FileSystemException(path.toString(), null, "it is no checkpoint");
        }
        if (head.length < HEAD.length) {
            file.setLength(0);
            file.write(HEAD);
            end = HEAD.length;
            return;
        }
        long records = (length - HEAD.length) / RECORD_BYTES;
        recall(records);
        end = HEAD.length + records * RECORD_BYTES;
        // What is behind it is a record that was cut off.
        file.setLength(end);
        file.seek(end);
    }

    private void recall(long records) throws IOException {
        // Through this very file: closing another would give up the lock (POSIX).
        byte[] some = new byte[RECORD_BYTES * RECORDS_AT_ONCE];
        for (long left = records; left > 0; left -= RECORDS_AT_ONCE) {
            int bytes = RECORD_BYTES * (int) Math.min(left, RECORDS_AT_ONCE);
            file.readFully(some, 0, bytes);
            for (int at = 0; at < bytes; at += RECORD_BYTES) {
                record.clear().put(some, at, RECORD_BYTES);
                if (record.getInt(HASH_BYTES) == checksum()) {
                    keys.add(record.getLong(0), record.getLong(Long.BYTES));
                }
            }
        }
    }

    private int checksum() {
        sum.reset();
        sum.update(record.array(), 0, HASH_BYTES);
        return (int) sum.getValue();
    }

    /**
     * {@return whether {@code key} was added, by this run or one before}
     *
     * @param key any text
     */
    public synchronized boolean contains(String key) {
        hash(key);
        return keys.contains(record.getLong(0), record.getLong(Long.BYTES));
    }

    /** {@return how many keys there are} */
    public synchronized long size() {
        return keys.size();
    }

    /**
     * Adds {@code key}.
     *
     * @param key any text; one that is there already is not added again
     * @return whether it is a new one
     * @throws UncheckedIOException if it cannot be written; then it is not added
     * @throws IllegalStateException if the checkpoint is closed
     */
    public synchronized boolean add(String key) {
        if (isClosed) {
            throw new IllegalStateException(this + " is closed");
        }
        hash(key);
        if (keys.contains(record.getLong(0), record.getLong(Long.BYTES))) {
            return false;
        }
        record.putInt(HASH_BYTES, checksum());
        try {
            // After a failure some bytes of a record may stand behind the end.
            file.seek(end);
            file.write(record.array());
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": a key could not be added: " + e.getMessage(), e);
        }
        end += RECORD_BYTES;
        return keys.add(record.getLong(0), record.getLong(Long.BYTES));
    }

    private void hash(String key) {
        byte[] digest = sha256.digest(key.getBytes(StandardCharsets.UTF_8));
        record.clear().put(digest, 0, HASH_BYTES);
    }

    /**
     * {@return those of {@code keys} that were not added when they are taken, one by one}
     *
     * @param keys what there is to do; each iterator goes through them once
     */
    public Iterable<String> remaining(Iterable<String> keys) {
        return remaining(keys, Function.identity());
    }

    /**
     * {@return those of {@code elements} whose key was not added when they are taken, one by one}
     *
     * @param <T>      what the elements are
     * @param elements what there is to do; each iterator goes through them once
     * @param key      what makes an element's key, the same in each run
     */
    public <T> Iterable<T> remaining(Iterable<T> elements, Function<? super T, String> key) {
        return () -> remaining(StreamSupport.stream(elements.spliterator(), false), key)
                .iterator();
    }

    /**
     * {@return those of a stream's elements whose key was not added when they are taken, one by one}
     *
     * @param <T>      what the elements are
     * @param elements what there is to do
     * @param key      what makes an element's key, the same in each run
     */
    public <T> Stream<T> remaining(Stream<T> elements, Function<? super T, String> key) {
        return elements.filter(element -> !contains(key.apply(element)));
    }

    /**
     * Puts all that was added on disk, where it survives the loss of power. Takes some milliseconds.
     *
     * @throws IOException if the file system fails to do so, or the checkpoint is closed
     */
    public void force() throws IOException {
        file.getFD().sync();
    }

    /**
     * Puts all on disk and closes the file. Idempotent.
     *
     * @throws IOException if not all can be put on disk; the file is closed then, too
     */
    @Override
    public synchronized void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            force();
        } finally {
            try {
                file.close();
            } finally {
                OPEN.remove(identity);
            }
        }
    }

    /** Where it is, and how many keys it has. */
    @Override
    public String toString() {
        return "Checkpoint(" + path + ", " + size() + " keys)";
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JDK has SHA-256", e);
        }
    }
}
