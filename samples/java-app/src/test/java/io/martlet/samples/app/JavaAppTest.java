package io.martlet.samples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.async.AsyncSession;
import io.martlet.samples.demo.DemoServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JavaAppTest {
    private static final String TOLD = """
            # Posts as records
            20 titles, five requests at a time
            a page of 3, the next one is /posts?_page=2&_limit=3
            created 101
            the string Hello
            The JSON value is a string, not a number
            # Some of many fail
            get: 200
            status/503: read what the server says (response)
            redirect/12: find out where it goes round in circles (response)
            html: 200
            html as JSON: compare the JSON with the class (response)
            # Giving up
            cancelled: true, and the connection is closed: true
            ended by TimeoutException
            ended by TotalTimeoutException
            the session and its threads are gone: true
            # Waiting in a thread
            200, then 100000 bytes
            read what the server says (response)
            # Logging in
            basic-auth/ann/secret: 200
            digest-auth/auth/ann/secret: 200
            bearer: 200
            bearer?refreshed: 200
            hidden-basic-auth/ann/secret: 200
            401 wants Basic
            # Cookies
            {"flavour":"oat","theme":"dark"}
            of 2 cookies, all for this session, 2 are kept
            shared by all of example.co.uk; co.uk has no cookies: true
            without a jar: {}
            # Sending forms and files
            form: {"age":"42","name":"Ann"}
            file: {"file":"We met."}
            stream: 100000 bytes
            a source that cannot be sent again; 5 bytes that can be sent again
            series: 2 parts
            # Reading as it arrives
            HTTP/1.1: 50000 bytes in a file
            3 lines
            4 bytes, then 6
            event price says 42
            part to be saved as b.txt
            # Middlewares
            ann asked for acme
            the second time out of memory
            found: true
            200 for a request that no session made
            # Watching
            started, resolved to 1, connected, sent, first byte, head 200, completed, started, reused, sent, first byte, head 200, completed
            1 connection opened, 1 reused
            # Settings
            at the second attempt: 200
            a redirect that was not followed: 302
            at most 50 fields in a response
            by default 128
            # Restraint
            by the rate limit: 200
            by the rate limit: 200
            by the rate limit: ask less often (rate)
            by the circuit breaker: 503
            by the circuit breaker: 503
            by the circuit breaker: ask another server: this one is left alone (request)
            the server wants PT2M of rest
            # Long runs
            first run: 20 fetched, 20 done
            second run: 10 fetched, 30 done
            third run: 0 fetched, 30 done
            50000 bytes, 0 of them by an earlier call
            # Without a network
            201
            sent
            POST {"article":"tea","count":2}
            """;

    @Test
    void everySampleSaysWhatItDid() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (DemoServer server = DemoServer.start(0);
                PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
            JavaApp.tell(server.baseUrl(), out);
        }

        assertEquals(TOLD, text.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
    }

    @Test
    void theProgramOfTheReadmeFindsTwentyTitlesInOrder() throws Exception {
        try (DemoServer server = DemoServer.start(0);
                AsyncSession session = Titles.session(server.baseUrl())) {
            List<String> expected = IntStream.rangeClosed(1, 20)
                    .mapToObj(id -> session.get("posts/" + id).join().jsonTree())
                    .map(post -> post.get("title").asText())
                    .toList();
            assertEquals(expected, Titles.titles(session).join());
        }
    }
}
