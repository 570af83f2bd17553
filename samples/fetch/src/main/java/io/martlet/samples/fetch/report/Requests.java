package io.martlet.samples.fetch.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of all requests: 21 bytes for each, and the name and the bytes of each host. So whatever is calculated from them is exact,
 * however many there are. Not thread-safe.
 */
final class Requests {
    private static final byte ANSWERED = 0;
    private static final byte ANSWERED_WITH_ERROR = 1;
    private static final byte UNANSWERED = 2;

    private final Map<String, Integer> hostIds = new LinkedHashMap<>();
    private long[] starts = new long[1024];
    private long[] nanos = new long[1024];
    private int[] hosts = new int[1024];
    private long[] bytesOfHosts = new long[16];
    private byte[] ends = new byte[1024];
    private int count;

    void add(RequestRow row) {
        if (count == starts.length) {
            int length = count + count / 2;
            starts = Arrays.copyOf(starts, length);
            nanos = Arrays.copyOf(nanos, length);
            hosts = Arrays.copyOf(hosts, length);
            ends = Arrays.copyOf(ends, length);
        }
        starts[count] = row.startNanos();
        nanos[count] = Math.max(0, row.nanos());
        hosts[count] = hostIds.computeIfAbsent(row.host(), host -> hostIds.size());
        if (hosts[count] == bytesOfHosts.length) {
            bytesOfHosts = Arrays.copyOf(bytesOfHosts, 2 * bytesOfHosts.length);
        }
        bytesOfHosts[hosts[count]] += row.bytes();
        ends[count] = row.problem() != null ? UNANSWERED : row.isFailed() ? ANSWERED_WITH_ERROR : ANSWERED;
        count++;
    }

    int count() {
        return count;
    }

    /** When the request in that place began, from the start of the run. */
    long start(int place) {
        return starts[place];
    }

    /** How long it took. */
    long nanos(int place) {
        return nanos[place];
    }

    /** Which of {@link #hostNames} it was for. */
    int host(int place) {
        return hosts[place];
    }

    /** How many bytes the bodies of all its responses have. */
    long bytesOfHost(int host) {
        return bytesOfHosts[host];
    }

    /** Whether there was a response, of whatever status. */
    boolean isAnswered(int place) {
        return ends[place] != UNANSWERED;
    }

    /** Whether there was no response, or one of a status from 400 on. */
    boolean isFailed(int place) {
        return ends[place] != ANSWERED;
    }

    /** All hosts, in the order of their first requests. */
    List<String> hostNames() {
        return List.copyOf(hostIds.keySet());
    }

    /** How long those with a response took. */
    Percentiles answered() {
        long[] answered = new long[count];
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (isAnswered(i)) {
                answered[n++] = nanos[i];
            }
        }
        return Percentiles.of(Arrays.copyOf(answered, n));
    }

    /** From the start of the run to the end of the last request; 0 if there is none. */
    long lastEnd() {
        long last = 0;
        for (int i = 0; i < count; i++) {
            last = Math.max(last, starts[i] + nanos[i]);
        }
        return last;
    }
}
