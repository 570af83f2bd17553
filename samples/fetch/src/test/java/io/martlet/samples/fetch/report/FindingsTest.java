package io.martlet.samples.fetch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.samples.fetch.report.RequestRow.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private final Requests requests = new Requests();
    private final StageTimes stages = new StageTimes();

    @Test
    void aHostThatIsMuchSlowerThanTheOthersIsNamed() {
        add("a", 10, 20);
        add("b", 10, 30);
        add("slow", 5, 400);
        assertEquals(
                List.of("slow is slow: half of its 5 requests took 400 ms or longer; the usual median of a host is"
                        + " 30.0 ms."),
                found());
    }

    @Test
    void aLittleSlowerOrOnceSlowSaysNothing() {
        add("a", 10, 20);
        add("b", 10, 55);
        add("once", 2, 4_000);
        assertEquals(List.of(), found());
        Requests fast = Rows.requests(Rows.ok("a", 0, 0), Rows.ok("b", 0, 5), Rows.ok("b", 0, 5), Rows.ok("b", 0, 5));
        assertEquals(List.of(), Findings.of(HostFigures.slowestFirst(fast), stages));
    }

    @Test
    void aHostAloneIsNotSlowerThanOthers() {
        add("a", 10, 4_000);
        assertEquals(List.of(), found());
    }

    @Test
    void aHostThatFailsIsNamed() {
        add("a", 10, 20);
        for (int i = 0; i < 3; i++) {
            requests.add(Rows.failed("gone", "ConnectorException", i, 1));
        }
        assertEquals(List.of("gone fails: 3 of its 3 requests did."), found());
    }

    @Test
    void muchWaitingForConnectionsIsNamed() {
        stages.add(Rows.with(new Span(Stage.QUEUE, 0, 6), new Span(Stage.RECEIVE, 6, 4)));
        assertEquals(List.of("Waiting for connections took 60 % of all time."), found());
    }

    @Test
    void ofNothingNothingIsSaid() {
        assertEquals(List.of(), found());
    }

    private void add(String host, int count, long millis) {
        for (int i = 0; i < count; i++) {
            requests.add(Rows.ok(host, i, millis));
        }
    }

    private List<String> found() {
        List<String> found = new ArrayList<>();
        Findings.of(HostFigures.slowestFirst(requests), stages)
                .forEach(finding -> found.add(finding.subject() + " " + finding.text()));
        return found;
    }
}
