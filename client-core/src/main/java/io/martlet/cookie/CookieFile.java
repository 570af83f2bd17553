package io.martlet.cookie;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps cookies, session cookies included, from one run to the next: {@code file.save(jar.cookies())} and
 * {@code jar.replaceAll(file.load())}. Both block.
 *
 * <p>Only its owner can read and write the file (mode 0600, where the file system knows modes), and it is never seen
 * half-written. Errors are {@link IOException}s that name the file and what is wrong, and quote nothing of it.
 */
public final class CookieFile {
    private static final long MOST_BYTES = 16L << 20;
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private final Path path;
    private final CookieFormat format;

    private CookieFile(Path path, CookieFormat format) {
        this.path = path.toAbsolutePath();
        this.format = format;
    }

    /**
     * {@return a file of JSON, which keeps everything that a cookie has}
     *
     * @param path where it is, or will be when it is saved; its folder is not made
     */
    public static CookieFile json(Path path) {
        return new CookieFile(path, new JsonCookies());
    }

    /**
     * {@return a file as Netscape wrote it, and as curl, wget and Python's MozillaCookieJar read and write it} It does not
     * keep {@link Cookie#sameSite} and fractions of seconds, nor cookies whose name or path holds a TAB.
     *
     * @param path where it is, or will be when it is saved; its folder is not made
     */
    public static CookieFile netscape(Path path) {
        return new CookieFile(path, new NetscapeCookies());
    }

    /**
     * Writes {@code cookies} beside the file, and then puts them in its place.
     *
     * @param cookies all that the file shall hold
     * @throws IOException if they cannot be written; the file is as it was then
     */
    public void save(Collection<Cookie> cookies) throws IOException {
        Path beside = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(beside, NEW, forItsOwner())) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(format.write(cookies));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            moveInPlace(beside);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private FileAttribute<?>[] forItsOwner() throws IOException {
        boolean hasModes = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return hasModes
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private void moveInPlace(Path beside) throws IOException {
        try {
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * {@return the cookies in the file, those that have expired included}
     *
     * @throws IOException if it cannot be read, has more than 16 MiB, or is not in its format; a file that does not exist
     *     is a {@link java.nio.file.NoSuchFileException}
     */
    public List<Cookie> load() throws IOException {
        long size = Files.size(path);
        if (size > MOST_BYTES) {
            throw new IOException(path + " has " + size + " bytes; a cookie file has at most " + MOST_BYTES);
        }
        try {
            return format.read(Files.readString(path));
        } catch (CharacterCodingException e) {
            throw new IOException(path + " is no cookie file: it is not UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " is no cookie file: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "CookieFile(" + path + ")";
    }
}
