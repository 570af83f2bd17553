package io.martlet.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.body.RequestBody;
import io.martlet.body.SourceBody;
import io.martlet.http.ClientRequest;
import io.martlet.http.MediaType;
import io.martlet.http.Method;
import io.martlet.http.Url;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HedgingTest {
    private final Hedging hedging = Hedging.after(Duration.ofMillis(300));

    private static ClientRequest.Builder request(Method method) {
        return ClientRequest.builder(method, Url.of("http://h/"));
    }

    @Test
    void onlyWhatIsHarmlessIsSentTwice() {
        ClientRequest.Builder keyed = request(Method.POST);
        keyed.headers().set("Idempotency-Key", "k");
        RequestBody once = RequestBody.stream(new ByteArrayInputStream(new byte[3]), MediaType.OCTET_STREAM);

        List<Boolean> concerned = List.of(
                hedging.concerns(request(Method.GET).build()),
                hedging.concerns(request(Method.PUT).body(RequestBody.text("x")).build()),
                hedging.concerns(request(Method.POST).build()),
                hedging.concerns(keyed.build()),
                hedging.concerns(request(Method.PUT).body(once).build()));

        assertEquals(List.of(true, true, false, true, false), concerned);
    }

    @Test
    void whatIsReadWhileItIsSentIsNotSentByTwoAtOnce() {
        RequestBody again = new SourceBody(3, null, true, () -> {
            throw new IllegalStateException("nobody reads it");
        });

        assertFalse(hedging.concerns(request(Method.PUT).body(again).build()));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertEquals(
                "hedging delay is PT0S; it is more than 0",
                assertThrows(IllegalArgumentException.class, () -> Hedging.after(Duration.ZERO))
                        .getMessage());
        assertEquals(
                "hedging maxExtra is 0; it is at least 1",
                assertThrows(IllegalArgumentException.class, () -> hedging.atMost(0))
                        .getMessage());
    }

    @Test
    void aCopyHasTheSameBudget() {
        assertEquals(hedging.budget(), hedging.atMost(3).budget());
        assertEquals(
                RetryBudget.UNLIMITED, hedging.budget(RetryBudget.UNLIMITED).budget());
    }
}
