package io.martlet.samples.fetch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostFiguresTest {
    @Test
    void theHostWhoseSlowRequestsAreSlowestComesFirst() {
        List<HostFigures> hosts = HostFigures.slowestFirst(Rows.requests(
                Rows.ok("fast", 0, 1),
                Rows.failed("slow", "TimeoutException", 0, 900),
                Rows.ok("fast", 0, 3),
                Rows.status("slow", 503, 0, 5),
                Rows.ok("b:81", 0, 20)));
        assertEquals(
                List.of("slow", "b:81", "fast"),
                hosts.stream().map(HostFigures::host).toList());
        assertEquals(List.of(2, 1, 2), hosts.stream().map(HostFigures::count).toList());
        assertEquals(List.of(2, 0, 0), hosts.stream().map(HostFigures::failed).toList());
        assertEquals(
                List.of(200L, 100L, 200L),
                hosts.stream().map(HostFigures::bytes).toList());
        assertEquals(5 * Rows.MILLI, hosts.get(0).times().at(50));
        assertEquals(900 * Rows.MILLI, hosts.get(0).times().at(95));
    }

    @Test
    void asManyHostsAsRequestsAreToldApart() {
        Requests requests = Rows.requests(IntStream.range(0, 5_000)
                .mapToObj(i -> Rows.ok("host" + i, i, i))
                .toArray(RequestRow[]::new));
        List<HostFigures> hosts = HostFigures.slowestFirst(requests);
        assertEquals(5_000, hosts.size());
        assertEquals("host4999", hosts.get(0).host());
    }
}
