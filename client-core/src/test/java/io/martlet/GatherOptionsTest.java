package io.martlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.http.ClientRequest;
import io.martlet.http.Method;
import io.martlet.http.Url;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GatherOptionsTest {
    @Test
    void whatMakesNoSenseIsRefusedByName() {
        List<String> errors = Stream.<UnaryOperator<GatherOptions.Builder<String>>>of(
                        b -> b.concurrency(0),
                        b -> b.perHost(-1),
                        b -> b.lookAhead(0),
                        b -> b.total(-2),
                        b -> b.progressInterval(Duration.ofNanos(-1)))
                .map(change -> change.apply(GatherOptions.builder()))
                .map(builder -> assertThrows(IllegalArgumentException.class, builder::build))
                .map(Throwable::getMessage)
                .toList();

        assertEquals(
                List.of(
                        "concurrency must be positive, and is 0",
                        "perHost is 0 for no limit, or positive, and is -1",
                        "lookAhead must be positive, and is 0",
                        "total is -1 if it is not known, and is -2",
                        "progressInterval must not be negative, and is PT-0.000000001S"),
                errors);
    }

    @Test
    void aBuilderStartsWithWhatItWasMadeOf() {
        GatherOptions<String> options = GatherOptions.<String>builder()
                .concurrency(1)
                .perHost(2)
                .host(text -> "h")
                .lookAhead(3)
                .total(4)
                .progress(progress -> {})
                .progressInterval(Duration.ZERO)
                .nanoClock(() -> 0)
                .build();

        assertEquals(options, options.toBuilder().build());
    }

    @Test
    void anElementBelongsToTheOriginThatItNames() {
        Url url = Url.of("https://h:444/a");

        assertEquals("https://h:444", GatherOptions.originOf(url));
        assertEquals(
                "https://h:444",
                GatherOptions.originOf(ClientRequest.builder(Method.GET, url).build()));
        assertEquals("https://h:444", GatherOptions.originOf(URI.create("https://H:444/b")));
        assertEquals("http://h", GatherOptions.originOf("http://h/a?b"));
        assertEquals("", GatherOptions.originOf("posts/1"));
        assertEquals("", GatherOptions.originOf(7));
    }

    @Test
    void whatIsLeftTakesAsLongAsWhatHasEndedDid() {
        GatherProgress progress = new GatherProgress(20, 5, 3, 0, 100, Duration.ofSeconds(10));

        assertEquals(Duration.ofSeconds(30), progress.remaining());
        assertNull(new GatherProgress(20, 5, 3, 0, -1, Duration.ofSeconds(10)).remaining());
        assertNull(new GatherProgress(0, 0, 3, 0, 100, Duration.ofSeconds(10)).remaining());
    }
}
