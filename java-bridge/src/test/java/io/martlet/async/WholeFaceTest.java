package io.martlet.async;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.BatchesKt;
import io.martlet.ClientSession;
import io.martlet.DownloadBuilder;
import io.martlet.GatherKt;
import io.martlet.JsonKt;
import io.martlet.RequestBuilder;
import io.martlet.SessionBuilder;
import io.martlet.body.BodyStream;
import io.martlet.config.ClientTimeout;
import io.martlet.config.ConnectorBuilder;
import io.martlet.config.ConnectorConfig;
import io.martlet.config.RequestOptions;
import io.martlet.config.TimeoutBuilder;
import io.martlet.download.DownloadOptions;
import io.martlet.http.ClientResponse;
import io.martlet.http.StreamingPart;
import io.martlet.http.StreamingResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Kotlin's face can do, Java's can, by the same name; or the table here says why not. */
class WholeFaceTest {
    /** A class of the core, where its operations are found here, and those that are not, each with the reason. */
    enum Side {
        SESSION(ClientSession.class, List.of(AsyncSession.class), Map.of("closeAndJoin", "closeAsync")),
        SESSION_BUILDER(
                SessionBuilder.class,
                List.of(AsyncSessionBuilder.class, RequestOptions.Builder.class),
                Map.of(
                        "headers", "header",
                        "cookies", "cookie")),
        REQUEST(
                RequestBuilder.class,
                List.of(RequestSpec.class, RequestOptions.Builder.class),
                Map.of(
                        "headers", "header, addHeader and removeHeader",
                        "cookies", "cookie",
                        "params", "param",
                        "middlewares", "use and withoutMiddlewares")),
        RESPONSE(
                StreamingResponse.class,
                List.of(AsyncResponse.class),
                Map.of(
                        "parts",
                                "forEachPart: a part lives until the next one is asked for, which a publisher cannot say",
                        "source", "for engines and middlewares, which see the core's response",
                        "with", "for engines and middlewares, which see the core's response",
                        "toValue", "for engines and middlewares, which see the core's response")),
        PART(StreamingPart.class, List.of(AsyncPart.class), Map.of("parts", "forEachPart, as for the response")),
        BODY(
                BodyStream.class,
                List.of(AsyncBody.class),
                Map.of("read", "its buffer is the source's own; chunks and inputStream give bytes to keep")),
        CONNECTOR(ConnectorBuilder.class, List.of(ConnectorConfig.Builder.class), Map.of()),
        TIMEOUT(TimeoutBuilder.class, List.of(ClientTimeout.Builder.class), Map.of()),
        DOWNLOAD(
                DownloadBuilder.class,
                List.of(DownloadOptions.Builder.class),
                Map.of("request", "download(newRequest(Method.GET, url, spec), path, options)")),
        GATHER(GatherKt.class, List.of(AsyncSession.class), Map.of()),
        BATCHES(BatchesKt.class, List.of(AsyncSession.class, BlockingSession.class), Map.of()),
        JSON(
                JsonKt.class,
                List.of(AsyncResponse.class, ClientResponse.class),
                Map.of("encodeJson", "internal, which the JVM does not know"));

        final Class<?> core;
        final List<Class<?>> here;
        final Map<String, String> elsewhere;

        Side(Class<?> core, List<Class<?>> here, Map<String, String> elsewhere) {
            this.core = core;
            this.here = here;
            this.elsewhere = elsewhere;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationOfTheCoreIsHereToo(Side side) {
        Set<String> missing = operations(side.core);
        side.here.forEach(type -> missing.removeAll(operations(type)));
        missing.removeAll(side.elsewhere.keySet());

        assertEquals(Set.of(), missing);
    }

    @ParameterizedTest
    @EnumSource
    void theTableNamesNothingThatTheCoreDoesNotHave(Side side) {
        Set<String> there = operations(side.core);

        assertTrue(there.containsAll(side.elsewhere.keySet()), () -> side.elsewhere.keySet() + " of " + there);
    }

    /** The names of the public methods, those of properties as Java writes them. */
    private static Set<String> operations(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class && isMeantForCallers(method))
                .map(method -> property(method.getName()))
                .collect(toCollection(TreeSet::new));
    }

    private static boolean isMeantForCallers(Method method) {
        boolean isInternal = method.getName().contains("$");
        return Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && !isInternal;
    }

    private static String property(String method) {
        String name = method.replaceFirst("-.*", ""); // that of a property whose type is a value class
        return Stream.of("get", "set")
                .filter(prefix -> name.matches(prefix + "[A-Z].*"))
                .findFirst()
                .map(prefix -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .orElse(name);
    }
}
