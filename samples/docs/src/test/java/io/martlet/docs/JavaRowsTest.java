package io.martlet.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.martlet.async.AsyncMiddleware;
import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.cookie.MemoryCookieJar;
import io.martlet.http.Part;
import io.martlet.http.Url;
import io.martlet.testing.ScriptedEngine;
import io.martlet.trace.TraceEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

class JavaRowsTest extends RowsContract {
    private static final AsyncMiddleware LOG = (request, next) -> next.send(request);

    @Override
    void session() {
        try (AsyncSession session = JavaSessions.session(api, LOG, (request, event) -> {}, new ObjectMapper())) {
            session.get("items").join();
        }
    }

    @Override
    void requests(byte[] data) {
        try (AsyncSession session = plain(api)) {
            JavaRequests.requests(session, LOG, data);
        }
    }

    @Override
    void bodies(Path path) throws IOException {
        ByteArrayInputStream stream = new ByteArrayInputStream("a,b".getBytes(StandardCharsets.UTF_8));
        try (AsyncSession session = plain(api)) {
            JavaRequests.bodies(session, path, Pieces.of("piece"), stream);
        }
    }

    @Override
    long multipart() {
        try (AsyncSession session = plain(api)) {
            return JavaMultipart.bodies(session, new byte[100]).toBody().contentLength();
        }
    }

    @Override
    List<String> response() {
        try (AsyncSession session = plain(api)) {
            JavaResponses.release(session);
            return Said.of(JavaResponses.response(session.get("items/3").join()));
        }
    }

    @Override
    List<Object> streaming(Path saved) {
        try (AsyncSession session = plain(api)) {
            List<Object> seen = new ArrayList<>();
            seen.addAll(published(session, "file", JavaResponses::readany));
            seen.add(JavaResponses.read(opened(session, "file")).length);
            seen.add(JavaResponses.readExactly(opened(session, "file")).length);
            seen.addAll(published(session, "lines", JavaResponses::lines));
            seen.addAll(published(session, "file", JavaResponses::chunksOf));
            seen.addAll(published(session, "file", JavaResponses::chunks));
            seen.addAll(published(session, "events", JavaResponses::events));
            JavaResponses.save(opened(session, "file"), saved);
            seen.addAll(JavaResponses.transfer(() -> opened(session, "file"), new ByteArrayOutputStream()));
            return seen;
        }
    }

    @Override
    List<Object> parts() {
        try (AsyncSession session = plain(api)) {
            List<Object> texts = new ArrayList<>();
            JavaMultipart.read(session, texts::add);
            Part part = JavaMultipart.value(session.get("parts").join()).get(0);
            Collected lines = new Collected();
            JavaMultipart.lines(session, lines, lines.done());
            List<Object> seen =
                    new ArrayList<>(Said.of(JavaMultipart.part(part)).subList(0, 2));
            seen.add(texts.get(0).toString().length());
            seen.addAll(lines.elements());
            return seen;
        }
    }

    @Override
    List<Object> many(List<String> urls, Path done, Path saved) throws IOException {
        try (AsyncSession session = plain(api)) {
            Collected outcomes = new Collected();
            List<Object> seen = JavaMany.many(session, urls, done, saved, outcomes);
            outcomes.elements();
            return seen;
        }
    }

    @Override
    List<Object> cookies(MemoryCookieJar jar, Url url, Path path) throws IOException {
        return JavaPolicies.cookies(jar, url, path);
    }

    @Override
    List<Boolean> errors(Exception error) {
        return JavaErrors.errors(error);
    }

    @Override
    List<Boolean> events(TraceEvent event) {
        return JavaErrors.events(event);
    }

    @Override
    String middlewares() {
        CompletableFuture<AsyncSession> own = new CompletableFuture<>();
        List<AsyncMiddleware> all = JavaMiddlewares.all();
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl("https://api.example.com/v1/")
                .engine(connector -> api)
                .use(JavaMiddlewares.asking(own::join))
                .use(all.get(0))
                .use(all.get(1))
                .use(all.get(2))
                .use(all.get(3))
                .build()) {
            own.complete(session);
            return session.get("items").join().text();
        }
    }

    @Override
    void programs(List<String> urls, Path saved) throws InterruptedException {
        try (AsyncSession session = plain(api)) {
            JavaPrograms.many(session, urls);
            JavaPrograms.stream(session, saved);
            JavaPrograms.errors(session);
        }
    }

    @Override
    void alone(String url) {
        AsyncSession session = plain(api);
        JavaSessions.oneRequest(session, session.get("items").join(), url);
        JavaPrograms.first(url);
    }

    @Override
    int settings() throws IOException {
        List<AsyncSession> sessions = List.of(
                JavaPolicies.redirects(),
                JavaPolicies.auth(new CompletableFuture<>()).build(),
                JavaPolicies.jars().build(),
                JavaMiddlewares.policies());
        sessions.forEach(AsyncSession::close);
        return sessions.size();
    }

    private static AsyncSession plain(ScriptedEngine engine) {
        return AsyncSession.builder()
                .baseUrl("https://api.example.com/v1/")
                .engine(connector -> engine)
                .build();
    }

    private static AsyncResponse opened(AsyncSession session, String url) {
        return session.open("GET", url).join();
    }

    /** What a publisher gave. */
    private static List<Object> published(
            AsyncSession session, String url, BiConsumer<AsyncResponse, Collected> subscribing) {
        Collected collected = new Collected();
        try (AsyncResponse response = opened(session, url)) {
            subscribing.accept(response, collected);
            return collected.elements();
        }
    }
}
