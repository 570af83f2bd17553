package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.martlet.config.ConnectorConfig;
import io.martlet.error.ClientException.DnsException;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.Reply;
import io.martlet.http.ClientResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests of this face go on where they are woken, on a loop's thread too: what may block or fail must not harm it. */
@ExtendWith(LeakCheck.class)
class LoopThreadsTest {
    private static AsyncSession session(ConnectorConfig connector) {
        return AsyncSession.builder().connector(connector).build();
    }

    @Test
    void theAddressFilterOfARedirectIsNotAskedOnALoopsThread() {
        List<String> asked = new CopyOnWriteArrayList<>();
        ConnectorConfig filtered = ConnectorConfig.builder()
                .addressFilter(address -> asked.add(Thread.currentThread().getName()))
                .build();
        try (LocalServer there = new LocalServer().on("/", Reply.text("there"));
                LocalServer here = new LocalServer().on("/", Reply.redirect(302, there.url("/")));
                AsyncSession session = session(filtered)) {
            assertEquals("there", session.get(here.url("/")).join().text());
        }
        assertEquals(2, asked.size());
        assertEquals(
                List.of(),
                asked.stream().filter(name -> name.startsWith("martlet-loop")).toList());
    }

    @Test
    void thousandsThatWaitForAHostFailOneAfterTheOtherWhenItIsUnknown() {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        ConnectorConfig queueing =
                ConnectorConfig.builder().limit(1).resolver(host -> answer).build();
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"));
                AsyncSession session = session(queueing)) {
            List<CompletableFuture<ClientResponse>> waiting = Stream.generate(() -> session.get("http://a.test/"))
                    .limit(10_000)
                    .toList();

            answer.completeExceptionally(new UnknownHostException("a.test"));

            for (CompletableFuture<ClientResponse> failed : waiting) {
                assertInstanceOf(
                        DnsException.class,
                        failed.handle((r, error) -> Errors.unwrap(error)).join());
            }
            assertEquals("here", session.get(server.url("/")).join().text());
        }
    }
}
