package io.martlet.internal.http1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The head that came last on a connection: its lines, and what was read from them.
 *
 * <p>Servers repeat themselves: of most heads all lines but one or two are those of the head before, byte for byte. Such
 * a line means what it meant then, so it is neither searched for its end nor checked nor made into strings again.
 */
final class RepeatedHead {
    /** Longer heads and lines are read anew each time: an idle connection holds no more than this. */
    private static final int MOST_LINES = 32;

    private static final int LONGEST_LINE = 256;
    private static final int FEW_LINES = 8;
    private static final byte[] NOTHING = new byte[0];

    /** Each line with its CRLF, in an array that may be longer: status line, fields, and the empty line. */
    private byte[][] lines = new byte[FEW_LINES][];

    /** Their lengths; 0 for a line that was too long to be kept. */
    private int[] lengths = new int[FEW_LINES];

    /** Name, value, name, value, … */
    private String[] fields = new String[2 * FEW_LINES];

    private @Nullable ResponseHead head;
    private int count;
    private int next;
    private boolean isSame;

    /** The next head begins. */
    void restart() {
        next = 0;
        isSame = head != null;
    }

    /** Takes the next line from {@code in} if it is there, whole, and the same as in the head before. */
    boolean take(ByteBuffer in) {
        if (next >= count) {
            return false;
        }
        int length = lengths[next];
        int from = in.arrayOffset() + in.position();
        boolean isRepeated = length > 0
                && length <= in.remaining()
                && Arrays.equals(lines[next], 0, length, in.array(), from, from + length);
        if (isRepeated) {
            in.position(in.position() + length);
            next++;
        }
        return isRepeated;
    }

    /** Whether the line that was taken is the empty one, after which the head is complete. */
    boolean isComplete() {
        return next == count;
    }

    /** Name of the field that was taken. */
    String name() {
        return fields[2 * (next - 2)];
    }

    /** Value of the field that was taken. */
    String value() {
        return fields[2 * (next - 2) + 1];
    }

    /** The next line is another than before: {@code line} from {@code start} to {@code end}, without its CRLF. */
    void learn(byte[] line, int start, int end) {
        isSame = false;
        if (next < MOST_LINES) {
            if (next == lines.length) {
                lines = Arrays.copyOf(lines, 2 * next);
                lengths = Arrays.copyOf(lengths, 2 * next);
            }
            keep(line, start, end - start);
        }
        next++;
    }

    private void keep(byte[] line, int start, int length) {
        if (length > LONGEST_LINE) {
            lines[next] = NOTHING;
            lengths[next] = 0;
            return;
        }
        byte[] room = lines[next];
        if (room == null || room.length < length + 2) {
            room = new byte[length + 2];
            lines[next] = room;
        }
        System.arraycopy(line, start, room, 0, length);
        room[length] = Octets.CR;
        room[length + 1] = Octets.LF;
        lengths[next] = length + 2;
    }

    /** The head before, if all lines were the same; null if not. */
    @Nullable
    ResponseHead same() {
        return isSame ? head : null;
    }

    /** A head is complete that was not the same: this is what was read from it. */
    void remember(ResponseHead head, String[] namesAndValues, int length) {
        this.head = head;
        count = next <= MOST_LINES ? next : 0;
        if (count > 0) {
            if (fields.length < length) {
                fields = new String[length];
            }
            System.arraycopy(namesAndValues, 0, fields, 0, length);
        }
    }
}
