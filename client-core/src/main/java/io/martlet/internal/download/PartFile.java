package io.martlet.internal.download;

import io.martlet.download.DownloadOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way: {@code name.martlet-part} beside its final name, and
 * {@code name.martlet-part.state}, which says what of it is on disk.
 *
 * <p>The state never says more than that: bytes are forced to the disk before it is written, and it is gone before the file
 * begins anew. So whenever the process dies, what is left is either trusted rightly or not at all. All methods block.
 * {@link #write} may be called by one thread for each segment at once, everything else by one while nobody writes.
 */
public final class PartFile implements AutoCloseable {
    /** How many bytes may be written before the state is, at the most. */
    public static final long STEP = 16 << 20;

    private static final long MOST_STATE_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 128 * 1024;

    private final Path target;
    private final Path file;
    private final Path part;
    private final Path state;
    private final String url;
    private final DownloadOptions options;
    private final Disk disk;
    private final Claim claim;
    private final FileChannel channel;

    private @Nullable Validator validator;
    private long total = -1;
    private List<Segment> segments = List.of();
    private long resumedFrom;
    private boolean isConfirmed;
    private boolean hasBegun;
    private boolean isWorthless;
    private boolean isFinished;

    /** Guards the writing of the state, and itself. */
    private final SavePoint saving;

    private PartFile(
            Path target, Names names, String url, DownloadOptions options, Disk disk, SavePoint saving, Object owner)
            throws IOException {
        this.target = target;
        this.file = names.file();
        this.part = names.part();
        this.state = names.state();
        this.url = DownloadState.digest(url);
        this.options = options;
        this.disk = disk;
        this.saving = saving;
        this.claim = Claim.on(part, target, disk, owner);
        this.channel = claim.channel();
    }

    /**
     * Opens what there is of {@code target} after earlier calls, or begins it.
     *
     * @param url    from where it comes
     * @param saving when the state is written
     * @param owner  for whom; whoever comes second is told in {@link Claim.TakenException}
     * @throws IOException if it cannot be written, if it is there and must not be replaced, or if another download to it is
     *     under way
     */
    static PartFile open(Path target, String url, DownloadOptions options, Disk disk, SavePoint saving, Object owner)
            throws IOException {
        Path file = target.toAbsolutePath();
        if (file.getFileName() == null) {
            throw new IllegalArgumentException("path is " + target + ", which names no file");
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        if (!options.overwrite() && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString(), null, "it must not be overwritten");
        }
        Path folder = Disk.named(file, () -> file.getParent().toRealPath());
        Names names = Names.beside(folder.resolve(file.getFileName()));
        if (Files.exists(names.part()) && Files.exists(names.file()) && Files.isSameFile(names.part(), names.file())) {
            Files.delete(names.part()); // a process died when the file had both names
        }
        PartFile opened = new PartFile(file, names, url, options, disk, saving, owner);
        try {
            opened.recall();
        } catch (IOException | RuntimeException | Error e) {
            opened.claim.close();
            throw e;
        }
        return opened;
    }

    private void recall() throws IOException {
        DownloadState kept = options.resume() ? readState() : null;
        boolean isOurs = kept != null && kept.url().equals(url);
        if (!isOurs || kept.segments().stream().noneMatch(segment -> segment.position() > segment.start())) {
            return;
        }
        long needed = kept.segments().stream()
                .filter(segment -> segment.position() > segment.start())
                .mapToLong(Segment::position)
                .max()
                .orElse(0);
        if (channel.size() >= needed) {
            validator = kept.validator();
            total = kept.total();
            segments = kept.segments();
            resumedFrom = bytes();
        }
    }

    private @Nullable DownloadState readState() throws IOException {
        boolean isPlain = Files.isRegularFile(state, LinkOption.NOFOLLOW_LINKS);
        if (!isPlain || Files.size(state) > MOST_STATE_BYTES) {
            return null;
        }
        return DownloadState.parse(new String(Files.readAllBytes(state), StandardCharsets.ISO_8859_1));
    }

    /** Which part comes next: one that is not complete, or any that the server has not yet confirmed; null: all is there. */
    public @Nullable Segment next() {
        for (Segment segment : segments) {
            if (!segment.isComplete()) {
                return segment;
            }
        }
        return segments.isEmpty() || isConfirmed ? null : segments.get(segments.size() - 1);
    }

    /** Whether all of it is there. */
    public boolean isComplete() {
        return !segments.isEmpty() && next() == null;
    }

    /** The parts that are not complete. */
    public List<Segment> open() {
        return segments.stream().filter(segment -> !segment.isComplete()).toList();
    }

    /** What the file is told by; null: it cannot be resumed. */
    public @Nullable Validator validator() {
        return validator;
    }

    /** How long the file is; -1 if that is not known. */
    public long total() {
        return total;
    }

    /** How much of it is there. */
    public long bytes() {
        long sum = 0;
        for (Segment segment : segments) {
            sum += segment.position() - segment.start();
        }
        return sum;
    }

    /** How much of it was there when it was opened, unless it began anew since. */
    public long resumedFrom() {
        return resumedFrom;
    }

    /** In how many parts it is fetched. */
    public int segments() {
        return segments.size();
    }

    /** Begins anew, with a file of {@code length} bytes, -1 for any number, that is told by {@code by}. */
    public void begin(long length, @Nullable Validator by) throws IOException {
        forget();
        validator = by;
        total = length;
        segments = List.of(new Segment(0, length < 0 ? ByteRange.OPEN : length, 0));
        isConfirmed = true;
    }

    /** Drops all that is there. */
    public void forget() throws IOException {
        hasBegun = true;
        if (Disk.remove(state)) {
            Disk.forceFolderOf(state);
        }
        Disk.named(part, () -> channel.truncate(0));
        segments = List.of();
        validator = null;
        total = -1;
        resumedFrom = 0;
        saving.reset();
    }

    /** The server has confirmed that it is still the same file, of {@code length} bytes. */
    public void confirm(long length) {
        isConfirmed = true;
        setTotal(length);
    }

    /** The file has ended; it was not known where it would. */
    public void endHere() {
        if (total < 0) {
            setTotal(segments.get(0).position());
        }
    }

    private void setTotal(long length) {
        total = length;
        segments.get(segments.size() - 1).endAt(length);
    }

    /** Cuts what is left into up to {@code count} parts, if it is one and long enough. */
    public void split(int count) {
        List<Segment> open = open();
        if (open.size() != 1 || total < 0) {
            return;
        }
        Segment whole = open.get(0);
        long left = whole.end() - whole.position();
        long parts = Math.max(1, Math.min(count, left / options.minSegmentBytes()));
        List<Segment> all = new ArrayList<>(segments);
        all.remove(whole);
        long start = whole.position();
        for (long i = 0; i < parts; i++) {
            long from = start + left / parts * i;
            long to = i == parts - 1 ? whole.end() : start + left / parts * (i + 1);
            all.add(i == 0 ? new Segment(whole.start(), to, from) : new Segment(from, to, from));
        }
        all.sort((a, b) -> Long.compare(a.start(), b.start()));
        segments = List.copyOf(all);
    }

    /** Whether the byte before where {@code segment} goes on is {@code value}. */
    public boolean endsWith(Segment segment, byte value) throws IOException {
        ByteBuffer there = ByteBuffer.allocate(1);
        return channel.read(there, segment.position() - 1) == 1 && there.get(0) == value;
    }

    /** Writes {@code bytes} where {@code segment} goes on. */
    public void write(Segment segment, ByteBuffer bytes) throws IOException {
        long position = segment.position();
        long start = position;
        while (bytes.hasRemaining()) {
            long at = position;
            position += Disk.named(part, () -> channel.write(bytes, at));
        }
        segment.moveTo(position);
        synchronized (saving) {
            if (saving.isDueAfter(position - start)) {
                save();
            }
        }
    }

    /** What is there is put on disk, and then told of. */
    private void save() throws IOException {
        Validator by = validator;
        if (by == null || !options.resume()) {
            return;
        }
        synchronized (saving) {
            saving.begin();
            String text = new DownloadState(url, by, total, segments).print();
            Disk.named(part, () -> {
                channel.force(false);
                return null;
            });
            Disk.named(state, () -> {
                disk.replace(state, text);
                return null;
            });
            saving.end();
        }
    }

    /** What there is to say against a file of so many bytes, or of more unless that is all; null: nothing. */
    public @Nullable String objection(long bytes, boolean isAll) {
        long size = options.size();
        if (size >= 0 && (bytes > size || isAll && bytes < size)) {
            return "the file has " + bytes + " bytes" + (isAll ? "" : " or more") + ", not " + size + " (size)";
        }
        long most = options.maxBytes();
        return most > 0 && bytes > most ? "the file is longer than maxBytes = " + most + " bytes" : null;
    }

    /** The digest that was asked for, of what is on disk; null: none was. {@code meanwhile} runs for each piece, and may throw. */
    public @Nullable String digest(Runnable meanwhile) throws IOException {
        MessageDigest digest = options.newDigest();
        if (digest == null) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (long at = 0; at < total; at += buffer.position()) {
            meanwhile.run();
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, total - at));
            if (channel.read(buffer, at) < 0) {
                throw new FileSystemException(part.toString(), null, "it is shorter than what was written to it");
            }
            digest.update(buffer.array(), 0, buffer.position());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Puts the file on disk and gives it its name, which is returned. */
    public Path finish() throws IOException {
        Disk.named(part, () -> {
            channel.truncate(total); // an earlier file may have been longer
            channel.force(true);
            return null;
        });
        if (!claim.isInPlace()) {
            throw new FileSystemException(part.toString(), null, "another file has taken its place");
        }
        Disk.named(target, () -> {
            if (options.overwrite()) {
                Disk.moveOver(part, file);
            } else {
                Disk.moveIfAbsent(part, file);
            }
            return null;
        });
        Disk.forceFolderOf(file);
        isFinished = true;
        return target;
    }

    /** What is there is not what was asked for: nothing of it will be kept. */
    public void discard() {
        isWorthless = true;
    }

    /** Keeps what can be resumed, and removes all else. */
    @Override
    public void close() throws IOException {
        try {
            boolean isKept = !isWorthless && options.resume() && validator != null && bytes() > 0;
            if (isFinished || !claim.isInPlace()) {
                Disk.remove(state);
            } else if (!isKept && (hasBegun || isWorthless || channel.size() == 0)) {
                Disk.remove(state);
                Files.deleteIfExists(part);
            } else if (isConfirmed) {
                save();
            }
        } finally {
            claim.close();
        }
    }

    /** How much of which file is there. */
    @Override
    public String toString() {
        return part + ": " + bytes() + " of " + (total < 0 ? "?" : total) + " bytes";
    }

    /** How the file is called by its real name, and those beside it. */
    private record Names(Path file, Path part, Path state) {
        /** A name may have 255 bytes, and the longest of ours, while it is written, has 23 more than the file's. */
        private static final int MOST_BYTES = 232;

        private static final int RECOGNISABLE_CHARS = 40;

        /** Nobody else calls files so: what has this name is written over. */
        private static final String PART = ".martlet-part";

        static Names beside(Path file) {
            String name = file.getFileName().toString();
            if (name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
                int end = RECOGNISABLE_CHARS - (Character.isHighSurrogate(name.charAt(RECOGNISABLE_CHARS - 1)) ? 1 : 0);
                name = name.substring(0, end) + "." + DownloadState.digest(name).substring(0, 32);
            }
            return new Names(file, file.resolveSibling(name + PART), file.resolveSibling(name + PART + ".state"));
        }
    }
}
