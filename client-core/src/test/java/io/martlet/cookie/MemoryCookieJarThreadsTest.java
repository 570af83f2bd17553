package io.martlet.cookie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.http.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writers and readers at once; nothing is lost, and nothing half-done is seen. */
class MemoryCookieJarThreadsTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 2_000;
    private static final Url PAGE = Url.of("https://www.h.example/");

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void noCookieIsLostWhereManyAreSetAtOnce() throws Exception {
        MemoryCookieJar jar = new MemoryCookieJar();

        together(thread -> IntStream.range(0, ROUNDS)
                .forEach(round -> jar.store(PAGE, List.of("n" + thread + "_" + round % 10 + "=" + round))));

        assertEquals(80, jar.size());
        assertEquals(80, jar.cookies().size());
        assertTrue(jar.cookies().stream().allMatch(cookie -> cookie.value().length() == 4), jar::toString);
    }

    @Test
    void readersSeeEachCookieOnceAndInOrderWhileItIsReplaced() throws Exception {
        MemoryCookieJar jar = new MemoryCookieJar();
        List<String> fields = List.of("a=1", "b=1; Domain=h.example", "c=1; Path=/", "d=1; Max-Age=9");
        jar.store(PAGE, fields);

        together(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                if (thread % 2 == 0) {
                    jar.store(PAGE, fields);
                } else {
                    List<String> names =
                            jar.cookiesFor(PAGE).stream().map(Cookie::name).toList();
                    assertEquals(List.of("a", "b", "c", "d"), names);
                }
            }
        });
    }

    @Test
    void theCapsHoldWhileManySetAndClear() throws Exception {
        MemoryCookieJar jar =
                MemoryCookieJar.builder().maxPerDomain(5).maxCookies(20).build();

        together(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                jar.store(Url.of("https://h" + round % 10 + ".example/"), List.of("n" + thread + round % 7 + "=v"));
                if (round % 100 == 0) {
                    jar.clearDomain("h" + thread + ".example");
                }
            }
        });

        assertTrue(jar.size() <= 20, jar::toString);
        assertEquals(jar.cookies().size(), jar.size());
    }

    private interface Work {
        void of(int thread) throws Exception;
    }

    private void together(Work work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            all.add(threads.submit(() -> {
                start.await();
                work.of(thread);
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
    }
}
