package io.martlet.samples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.bench.client.CallbackClients;
import io.martlet.samples.bench.client.Exchange;
import io.martlet.samples.bench.client.Library;
import io.martlet.samples.bench.client.Mode;
import io.martlet.samples.bench.client.SuspendClients;
import io.martlet.samples.bench.worker.CallbackLoop;
import io.martlet.samples.bench.worker.Load;
import io.martlet.samples.bench.worker.Loop;
import io.martlet.samples.bench.worker.SuspendLoop;
import io.martlet.samples.bench.worker.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each client makes a few requests of the demo server: no figures, but every driver is known to work. */
class EveryClientTest {
    private static final Plan TINY = new Plan(Duration.ofMillis(10), 1, Duration.ofMillis(10), 1 << 20, 4);

    @TempDir
    private static Path directory;

    private static Servers servers;

    @BeforeAll
    static void startServers() throws Exception {
        servers = Servers.start(directory, null);
    }

    @AfterAll
    static void closeServers() throws Exception {
        servers.close();
    }

    static Stream<Contestant> contestants() {
        return Stream.of(Library.values())
                .filter(library -> library.role() != Library.Role.REFERENCE)
                .flatMap(library -> Stream.of(Mode.values()).map(mode -> new Contestant(library, mode)))
                .filter(Scenario.SMALL_GET::admits);
    }

    @ParameterizedTest
    @MethodSource("contestants")
    void theClientMakesEveryKindOfExchange(Contestant contestant) throws Exception {
        try (Loop loop = open(contestant)) {
            for (Scenario scenario :
                    List.of(Scenario.SMALL_GET, Scenario.FAN_OUT, Scenario.DOWNLOAD, Scenario.UPLOAD)) {
                Tally tally = loop.run(exchange(scenario), Load.ofRequests(4, 12));
                assertNull(tally.firstError(), scenario.label());
                assertEquals(12, tally.requests());
            }
        }
    }

    @Test
    void processesTakePartInRounds() throws Exception {
        List<Contestant> contestants =
                List.of(new Contestant(Library.MARTLET, Mode.SUSPEND), new Contestant(Library.JDK, Mode.FUTURE));
        for (Scenario scenario : List.of(Scenario.SMALL_GET, Scenario.IN_FLIGHT, Scenario.COLD_START)) {
            Target target = servers.target(scenario, TINY).orElseThrow();
            Outcome outcome = new Campaign(servers, TINY, line -> {}).run(scenario, target, contestants);
            for (Row row : outcome.rows()) {
                assertNull(row.failure());
                assertTrue(row.medians().keySet().containsAll(scenario.metrics()), row::toString);
            }
        }
    }

    @Test
    void aProcessThatCannotConnectHasARowThatSaysSo() throws Exception {
        Target nowhere = Target.small("none", "http://127.0.0.1:1/", 1);
        Outcome outcome = new Campaign(servers, TINY, line -> {})
                .run(Scenario.SMALL_GET, nowhere, List.of(new Contestant(Library.JDK, Mode.FUTURE)));
        assertTrue(outcome.rows().get(0).failure().contains("the first with ConnectException"), outcome::toString);
    }

    @Test
    void theBridgeIsMeasuredWithoutANetwork() throws Exception {
        Exchange exchange = new Exchange(Exchange.Kind.FETCH, "http://memory/", false, 163, 0);
        for (Mode mode : List.of(Mode.FUTURE, Mode.FUTURE_DEFAULT)) {
            try (Loop loop = new CallbackLoop(CallbackClients.inMemory(mode, 163))) {
                assertNull(loop.run(exchange, Load.ofRequests(2, 100)).firstError());
            }
        }
        try (Loop loop = new SuspendLoop(SuspendClients.inMemory(163))) {
            assertEquals(100, loop.run(exchange, Load.ofRequests(2, 100)).requests());
        }
    }

    private static Loop open(Contestant contestant) {
        return contestant.mode() == Mode.SUSPEND
                ? new SuspendLoop(SuspendClients.open(contestant.library(), 4))
                : new CallbackLoop(CallbackClients.open(contestant.library(), contestant.mode(), 4));
    }

    private static Exchange exchange(Scenario scenario) throws Exception {
        Target target = servers.target(scenario, TINY).orElseThrow();
        return new Exchange(scenario.kind(), target.url(), false, target.expectedBytes(), target.uploadBytes());
    }
}
