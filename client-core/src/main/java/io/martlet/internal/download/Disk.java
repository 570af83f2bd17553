package io.martlet.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What downloads do with files. Each error names its file and what is wrong with it. */
@FunctionalInterface
public interface Disk {
    /** The disk of this machine. */
    Disk REAL = FileChannel::open;

    /** Opens a file, as {@link FileChannel#open(Path, Set, FileAttribute[])} does. */
    FileChannel open(Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException;

    /** Opens a file that may be there or not. A link is refused: it could lead to a file of somebody else's. */
    default FileChannel openOrCreate(Path file) throws IOException {
        return named(
                file,
                () -> open(
                        file,
                        Set.of(
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE,
                                LinkOption.NOFOLLOW_LINKS)));
    }

    /** Writes a small file that only its owner can read, where the file system knows owners, and puts it in its place. */
    default void replace(Path file, String text) throws IOException {
        Path beside = beside(file);
        Files.deleteIfExists(beside);
        try (FileChannel channel =
                open(beside, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), forItsOwner(file))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        moveOver(beside, file);
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /** Removes a file that {@link #replace} wrote, and what it left when it did not come to its end; whether it was there. */
    static boolean remove(Path file) throws IOException {
        Files.deleteIfExists(beside(file));
        return Files.deleteIfExists(file);
    }

    private static FileAttribute<?>[] forItsOwner(Path file) {
        boolean hasModes = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return hasModes
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Gives {@code from} the name {@code to}, in the place of what had it. */
    static void moveOver(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Gives {@code from} the name {@code to}, which nothing may have.
     *
     * @throws FileAlreadyExistsException if something has it
     */
    static void moveIfAbsent(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from); // looks and makes in one; a move looks first
        } catch (UnsupportedOperationException e) {
            Files.move(from, to);
            return;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException e) {
            Files.move(from, to); // no links on this file system
            return;
        }
        Files.delete(from);
    }

    /** Has the names in the folder of {@code file} on disk, where folders can be told so. */
    static void forceFolderOf(Path file) {
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Not on this system; then names are on disk when it says so.
        }
    }

    /** Something done with a file. */
    @FunctionalInterface
    interface Deed<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /** Does {@code deed}; whatever goes wrong names {@code file} and the reason. */
    static <T> T named(Path file, Deed<T> deed) throws IOException {
        try {
            return deed.run();
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw caused(new NoSuchFileException(file.toString(), null, "it, or its folder, is not there"), e);
        } catch (AccessDeniedException e) {
            throw caused(new AccessDeniedException(file.toString(), null, "it must not be written there"), e);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getMessage() : e.getReason();
            throw caused(new FileSystemException(file.toString(), null, reason), e);
        } catch (IOException e) {
            throw caused(new FileSystemException(file.toString(), null, e.getMessage()), e);
        }
    }

    private static <E extends IOException> E caused(E error, IOException cause) {
        error.initCause(cause);
        return error;
    }
}
