package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRaceTest {
    private static final int NONE = AddressRace.NONE;
    private static final long MILLI = 1_000_000;

    /**
     * A race among addresses 1 to 3 with 250 ms between them: what happens at which millisecond (S started, T time
     * passed, F failed, C connected, X cancelled), and after it the address to be dialled next and the state.
     */
    @ParameterizedTest
    @CsvSource({
        "0 S, 1, cww",
        "0 S 249 T, , cww",
        "0 S 250 T, 2, ccw",
        "0 S 250 T 499 T, , ccw",
        "0 S 250 T 500 T, 3, ccc",
        "0 S 250 T 500 T 750 T, , ccc",
        "0 S 9000 T, 2, ccw",
        "0 S 10 F1, 2, fcw",
        "0 S 10 F1 250 T, , fcw",
        "0 S 10 F1 259 T, , fcw",
        "0 S 10 F1 260 T, 3, fcc",
        "0 S 10 F1 10 F2, 3, ffc",
        "0 S 10 F1 10 F2 10 F3, , fff",
        "0 S 250 T 300 F1, 3, fcc",
        "0 S 250 T 300 F2, 3, cfc",
        "0 S 10 F1 20 F1, , fcw",
        "0 S 10 C1, , oww",
        "0 S 250 T 260 C2, , aow",
        "0 S 250 T 260 C1, , oaw",
        "0 S 250 T 260 C1 270 C2, , oaw",
        "0 S 250 T 260 C1 270 F2, , oaw",
        "0 S 250 T 260 C2 600 T, , aow",
        "0 S 10 F1 270 T 280 C3, , fao",
        "0 S 250 T 260 X, , aaw",
        "0 S 250 T 260 X 600 T, , aaw",
        "0 S 250 T 260 X 600 C1, , aaw"
    })
    void addressesAreDialledOneAfterTheOther(String events, String nextAddress, String states) {
        Script script = new Script(3, -50 * MILLI);
        int next = NONE;
        String[] words = events.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            next = script.play(Long.parseLong(words[i]), words[i + 1]);
        }
        assertEquals(nextAddress == null ? NONE : Integer.parseInt(nextAddress) - 1, next);
        assertEquals(states, script.states());
    }

    @Test
    void theWaitIsTheStaggerAndEndlessWhenNothingIsLeftToDial() {
        Script script = new Script(2, Long.MAX_VALUE - 100 * MILLI);
        assertEquals(AddressRace.NEVER, script.race.nanosToNext(script.at(0)));
        script.play(0, "S");
        assertEquals(250 * MILLI, script.race.nanosToNext(script.at(0)));
        assertEquals(50 * MILLI, script.race.nanosToNext(script.at(200)));
        assertEquals(0, script.race.nanosToNext(script.at(1000)));
        script.play(250, "T");
        assertEquals(AddressRace.NEVER, script.race.nanosToNext(script.at(250)));
    }

    @Test
    void withAnEndlessStaggerEachWaitsForTheFailureOfTheOneBefore() {
        AddressRace race = new AddressRace(addresses(2), Long.MAX_VALUE);
        assertEquals(0, race.start(0));
        assertEquals(NONE, race.timePassed(Long.MAX_VALUE - 1));
        assertEquals(1, race.failed(0, failure(0), Long.MAX_VALUE));
    }

    @Test
    void theOthersAreAbortedWhenOneWins() {
        Script script = new Script(4, 0);
        script.play(0, "S");
        script.play(250, "T");
        script.play(500, "T");
        script.play(510, "F1");
        assertTrue(script.race.connected(2));
        assertEquals(List.of(1, 3), script.race.cancel());
        assertEquals(List.of(), script.race.cancel());
    }

    @Test
    void theErrorNamesEachAddressByReason() {
        AddressRace race = new AddressRace(addresses(3), 0);
        race.start(0);
        List<DialException> failures = List.of(
                new DialException(address(0), "Connection refused"),
                new DialException(address(1), new ConnectException("Network is unreachable")),
                new DialException(address(2), "Connection refused"));
        for (int i = 0; i < 3; i++) {
            assertFalse(race.isLost());
            race.failed(i, failures.get(i), 0);
        }
        assertTrue(race.isLost());
        assertEquals(
                "Connection refused: 192.0.2.1:80, 192.0.2.3:80; Network is unreachable: 192.0.2.2:80",
                race.error().getMessage());
        assertEquals(failures, Arrays.asList(race.error().getSuppressed()));
    }

    @Test
    void aSingleFailureIsTheErrorItself() {
        AddressRace race = new AddressRace(addresses(1), 0);
        DialException failure = failure(0);
        race.start(0);
        race.failed(0, failure, 0);
        assertSame(failure, race.error());
        assertEquals("192.0.2.1:80: Connection refused", race.error().getMessage());
    }

    @Test
    void aRaceWithoutAddressesIsLost() {
        AddressRace race = new AddressRace(List.of(), 0);
        assertEquals(NONE, race.start(0));
        assertTrue(race.isLost());
        assertEquals("there is no address to connect to", race.error().getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void inAnyOrderOfEventsEachAddressIsDialledOnceAndTheRaceEnds(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            playAtRandom(random);
        }
    }

    private static void playAtRandom(Random random) {
        Script script = new Script(1 + random.nextInt(5), random.nextLong());
        Set<Integer> connecting = new HashSet<>(Set.of(script.play(0, "S")));
        long now = 0;
        int dialled = 1;
        boolean won = false;
        while (!won && !script.race.isLost()) {
            now += random.nextInt(300);
            int attempt = random.nextInt(dialled);
            String event = random.nextInt(3) > 0 ? "T" : (random.nextInt(4) > 0 ? "F" : "C") + (attempt + 1);
            won = event.charAt(0) == 'C' && connecting.contains(attempt);
            int next = script.play(now, event);
            if (event.charAt(0) != 'T') {
                connecting.remove(attempt);
            }
            if (next != NONE) {
                assertEquals(dialled++, next);
                connecting.add(next);
            }
        }
        assertEquals(won, !script.race.isLost());
        assertEquals(AddressRace.NEVER, script.race.nanosToNext(script.at(now)));
        assertEquals(won ? 1 : 0, script.states().chars().filter(c -> c == 'o').count());
        assertFalse(script.states().contains("c"));
    }

    private static List<InetSocketAddress> addresses(int count) {
        return IntStream.range(0, count).mapToObj(AddressRaceTest::address).toList();
    }

    private static InetSocketAddress address(int index) {
        return new InetSocketAddress("192.0.2." + (index + 1), 80);
    }

    private static DialException failure(int index) {
        return new DialException(address(index), "Connection refused");
    }

    private static final class Script {
        private final AddressRace race;
        private final long start;

        Script(int addresses, long start) {
            this.race = new AddressRace(addresses(addresses), 250 * MILLI);
            this.start = start;
        }

        long at(long millis) {
            return start + millis * MILLI;
        }

        int play(long millis, String event) {
            int attempt = event.length() == 1 ? NONE : event.charAt(1) - '1';
            return switch (event.charAt(0)) {
                case 'S' -> race.start(at(millis));
                case 'T' -> race.timePassed(at(millis));
                case 'F' -> race.failed(attempt, failure(attempt), at(millis));
                case 'C' -> win(attempt);
                default -> cancel();
            };
        }

        private int win(int attempt) {
            return race.connected(attempt) ? cancel() : NONE;
        }

        private int cancel() {
            race.cancel();
            return NONE;
        }

        /** Of each address the first letter of its state; o for won. */
        String states() {
            StringBuilder letters = new StringBuilder();
            for (String address : race.toString().split(", ")) {
                String state = address.split(" ")[1];
                letters.append(state.equals("won") ? 'o' : state.charAt(0));
            }
            return letters.toString();
        }
    }
}
