package io.martlet.samples.app;

import io.martlet.async.AsyncSession;
import io.martlet.body.JsonValue;
import io.martlet.testing.Answer;
import io.martlet.testing.RecordedRequest;
import io.martlet.testing.Script;
import io.martlet.testing.ScriptedEngine;
import java.io.PrintStream;
import java.util.Map;

/** Tests a program that uses Martlet without a server: everything but the engine is real. */
final class Offline implements Chapter {
    @Override
    public void tell(String url, PrintStream out) {
        Script shop = Offline::answer;
        ScriptedEngine engine = new ScriptedEngine(shop);
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl("https://shop.test/")
                .engine(connector -> engine)
                .build()) {
            JsonValue.Builder order = JsonValue.builder().put("article", "tea").put("count", 2);
            out.println(session.post("orders", request -> request.json(order.build()))
                    .join()
                    .status());
            out.println(session.get("orders/9").join().jsonTree().get("state").asText());
        }
        RecordedRequest first = engine.requests().get(0);
        out.println(first.request().method() + " " + first.text());
    }

    private static Answer answer(RecordedRequest recorded) {
        Map<String, Answer> pages = Map.of("/orders/9", Answer.json("{\"state\": \"sent\"}"));
        return pages.getOrDefault(recorded.request().url().path(), Answer.status(201));
    }
}
