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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right of one download to a part file: within this JVM by its name, against other processes by a lock on it, where the
 * file system has locks.
 */
final class Claim implements AutoCloseable {
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

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
     * @throws FileSystemException if another download has it
     */
    static Claim on(Path file, Path target, Disk disk) throws IOException {
        if (!TAKEN.add(file)) {
            throw taken(target);
        }
        try {
            return locked(file, target, disk);
        } catch (IOException | RuntimeException | Error e) {
            TAKEN.remove(file);
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

    private static void lock(FileChannel channel, Path target) throws FileSystemException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw taken(target);
        } catch (IOException e) {
            return; // no locks on this file system
        }
        if (lock == null) {
            throw taken(target);
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

    private static FileSystemException taken(Path target) {
        return new FileSystemException(target.toString(), null, "another download to it is under way");
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
            TAKEN.remove(file);
        }
    }
}
