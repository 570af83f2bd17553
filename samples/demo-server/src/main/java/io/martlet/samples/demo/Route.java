package io.martlet.samples.demo;

import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path template such as {@code /cookies/set/{name}/{value}} and the handler of each of its methods. */
final class Route {
    private static final String REST = "*";

    private final String template;
    private final String[] segments;
    private final Map<HttpMethod, Handler> handlers = new LinkedHashMap<>();

    Route(String template) {
        this.template = template;
        this.segments = segmentsOf(template);
    }

    static String[] segmentsOf(String path) {
        return path.substring(1).split("/", -1);
    }

    String template() {
        return template;
    }

    void on(HttpMethod method, Handler handler) {
        handlers.put(method, handler);
    }

    /** HEAD is answered wherever GET is. */
    @Nullable
    Handler handler(HttpMethod method) {
        return handlers.get(method == HttpMethod.HEAD ? HttpMethod.GET : method);
    }

    /** The value of an {@code Allow} header. */
    String allowed() {
        StringBuilder allowed = new StringBuilder("OPTIONS");
        for (HttpMethod method : handlers.keySet()) {
            allowed.append(", ").append(method);
            if (method == HttpMethod.GET) {
                allowed.append(", HEAD");
            }
        }
        return allowed.toString();
    }

    /** The values of the template's {@code {names}} in the path, null when the path is another. */
    @Nullable
    Parameters match(String[] path) {
        boolean takesRest = segments[segments.length - 1].equals(REST);
        if (takesRest ? path.length < segments.length : path.length != segments.length) {
            return null;
        }
        Parameters values = new Parameters();
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            if (segment.startsWith("{")) {
                if (path[i].isEmpty()) {
                    return null;
                }
                values.add(segment.substring(1, segment.length() - 1), decode(path[i]));
            } else if (!segment.equals(REST) && !segment.equals(path[i])) {
                return null;
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return template + "  " + allowed();
    }

    private static String decode(String segment) {
        // A plus stands for a space in queries only.
        return Parameters.decode(segment.replace("+", "%2B"));
    }
}
