package io.martlet.samples.bench.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.samples.bench.client.Answer;
import io.martlet.samples.bench.client.CallbackClient;
import io.martlet.samples.bench.client.Exchange;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CallbackLoopTest {
    private static final Exchange TWO_BYTES = new Exchange(Exchange.Kind.FETCH, "http://test/", false, 2, 0);

    @Test
    void answersThatComeAtOnceTakeNoStack() throws InterruptedException {
        Tally tally = run(1_000_000, answer -> answer.done(200, 2));
        assertEquals(1_000_000, tally.requests());
    }

    @Test
    void aWrongStatusFails() throws InterruptedException {
        assertEquals("WrongResponseException: Status 404 from http://test/", firstError(answer -> answer.done(404, 2)));
    }

    @Test
    void aBodyOfAnotherLengthFails() throws InterruptedException {
        assertEquals(
                "WrongResponseException: 1 bytes instead of 2 from http://test/",
                firstError(answer -> answer.done(200, 1)));
    }

    @Test
    void theFailureOfAClientIsTold() throws InterruptedException {
        assertEquals("IOException: gone", firstError(answer -> answer.failed(new IOException("gone"))));
    }

    @Test
    void aClientThatThrowsIsTold() throws InterruptedException {
        assertEquals("IllegalStateException: closed", firstError(answer -> {
            throw new IllegalStateException("closed");
        }));
    }

    private static String firstError(Consumer<Answer> client) throws InterruptedException {
        Tally tally = run(4, client);
        assertEquals(2, tally.errors());
        return tally.firstError();
    }

    /** Two chains, each of which ends with its first failure. */
    private static Tally run(int requests, Consumer<Answer> client) throws InterruptedException {
        try (CallbackLoop loop = new CallbackLoop(new Scripted(client))) {
            return loop.run(TWO_BYTES, Load.ofRequests(2, requests));
        }
    }

    private record Scripted(Consumer<Answer> script) implements CallbackClient {
        @Override
        public void start(Exchange exchange, Answer answer) {
            script.accept(answer);
        }

        @Override
        public void close() {}
    }
}
