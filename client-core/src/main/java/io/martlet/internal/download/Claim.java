package io.martlet.internal.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right of one download to a part file: within this JVM by its name, against other processes by a lock on it, where the
 * file system has locks.
 */
final class Claim implements AutoCloseable {
    private static final Map<Path, Object> OWNERS = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object identity;

    private Claim(Path file, FileChannel channel, @Nullable Object identity) {
        this.file = file;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Opens {@code file} for one who alone may write to it.
     *
     * @param target for whom it is, for the error
     * @param owner  who has it until {@link #close}
     * @throws TakenException if another download has it
     */
    static Claim on(Path file, Path target, Disk disk, Object owner) throws IOException {
        Object other = OWNERS.putIfAbsent(file, owner);
        if (other != null) {
            throw new TakenException(target, other);
        }
        try {
            return locked(file, target, disk);
        } catch (IOException | RuntimeException | Error e) {
            OWNERS.remove(file);
            throw e;
        }
    }

    private static Claim locked(Path file, Path target, Disk disk) throws IOException {
        while (true) {
            disk.openOrCreate(file).close();
            Object before = identity(file);
            FileChannel channel = disk.openOrCreate(file);
            try {
                lock(channel, target);
                // Its owner until now may have given it its final name, and then it is no longer ours to write to.
                Claim claim = new Claim(file, channel, before);
                if (claim.isInPlace()) {
                    return claim;
                }
            } catch (IOException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
    }

    private static void lock(FileChannel channel, Path target) throws TakenException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new TakenException(target, null);
        } catch (IOException e) {
            return; // no locks on this file system
        }
        if (lock == null) {
            throw new TakenException(target, null);
        }
    }

    private static @Nullable Object identity(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return Objects.class; // that of no file
        }
    }

    /** Whether it is this file that has the name, and not another one by now. */
    boolean isInPlace() throws IOException {
        return identity == null ? Files.exists(file) : identity.equals(identity(file));
    }

    FileChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            OWNERS.remove(file);
        }
    }

    /** Another download writes to the part file. */
    static final class TakenException extends FileSystemException {
        private static final long serialVersionUID = 1L;

        /** Who does; null where it is another process, or one that calls the file by another name. */
        final transient @Nullable Object owner;

        private TakenException(Path target, @Nullable Object owner) {
            super(target.toString(), null, "another download to it is under way");
            this.owner = owner;
        }
    }
}
