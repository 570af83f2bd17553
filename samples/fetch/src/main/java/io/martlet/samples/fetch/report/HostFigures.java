package io.martlet.samples.fetch.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What became of the requests for one host, and how long they took, failed ones included: a host that lets all wait for the
 * time-out is slow, too.
 *
 * @param host   its name and port
 * @param bytes  of all bodies
 * @param failed those without a response, or with a status from 400 on
 * @param times  of all requests
 */
record HostFigures(String host, long bytes, int failed, Percentiles times) {
    /** Hosts by the time that 95 % of their requests do not exceed, the slowest first. */
    static List<HostFigures> slowestFirst(Requests requests) {
        List<String> names = requests.hostNames();
        int[] counts = new int[names.size()];
        int[] failed = new int[names.size()];
        for (int i = 0; i < requests.count(); i++) {
            counts[requests.host(i)]++;
            failed[requests.host(i)] += requests.isFailed(i) ? 1 : 0;
        }
        long[][] nanos = Arrays.stream(counts).mapToObj(long[]::new).toArray(long[][]::new);
        int[] filled = new int[counts.length];
        for (int i = 0; i < requests.count(); i++) {
            int host = requests.host(i);
            nanos[host][filled[host]++] = requests.nanos(i);
        }
        List<HostFigures> hosts = new ArrayList<>(names.size());
        for (int host = 0; host < counts.length; host++) {
            hosts.add(new HostFigures(
                    names.get(host), requests.bytesOfHost(host), failed[host], Percentiles.of(nanos[host])));
        }
        hosts.sort(Comparator.comparingLong((HostFigures host) -> host.times().at(95))
                .reversed()
                .thenComparing(HostFigures::host));
        return hosts;
    }

    int count() {
        return times.count();
    }
}
