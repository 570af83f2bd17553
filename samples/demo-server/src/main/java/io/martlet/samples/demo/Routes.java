package io.martlet.samples.demo;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;
import static io.vertx.core.http.HttpMethod.TRACE;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every page of the server, and the way from a request to its handler. Shared by the event loops, never changed. */
final class Routes {
    private static final List<HttpMethod> ANY = List.of(GET, POST, PUT, PATCH, DELETE, TRACE);

    private final Vertx vertx;
    private final Counters counters;

    // By the first segment of the path: few routes share one, so that the search ends after one or two.
    private final Map<String, List<Route>> table = new HashMap<>();
    private final List<Route> contents = new ArrayList<>();

    Routes(Vertx vertx, Counters counters) {
        this.vertx = vertx;
        this.counters = counters;

        on(GET, "/get", Echo::get);
        on(POST, "/post", Echo::withBody);
        on(PUT, "/put", Echo::withBody);
        on(PATCH, "/patch", Echo::withBody);
        on(DELETE, "/delete", Echo::withBody);
        on(ANY, "/anything", Echo::anything);
        on(ANY, "/anything/*", Echo::anything);
        on(GET, "/headers", Echo::headers);
        on(GET, "/ip", Echo::ip);
        on(GET, "/user-agent", Echo::userAgent);
        on(GET, "/uuid", Echo::uuid);
        on(ANY, "/delay/{seconds}", Echo::delay);

        on(ANY, "/status/{codes}", Statuses::status);
        on(ANY, "/flaky/{n}", new Flaky()::answer);

        on(GET, "/bytes/{n}", Bodies::bytes);
        on(GET, "/stream-bytes/{n}", Bodies::streamBytes);
        on(GET, "/stream/{n}", Bodies::streamLines);
        on(GET, "/drip", Bodies::drip);
        on(GET, "/range/{n}", Ranges::range);

        on(GET, "/redirect/{n}", Redirects::redirect);
        on(GET, "/relative-redirect/{n}", Redirects::relative);
        on(GET, "/absolute-redirect/{n}", Redirects::absolute);
        on(ANY, "/redirect-to", Redirects::redirectTo);

        on(GET, "/cookies", CookiePages::show);
        on(GET, "/cookies/set", CookiePages::setAll);
        on(GET, "/cookies/set/{name}/{value}", CookiePages::setOne);
        on(GET, "/cookies/delete", CookiePages::delete);

        on(GET, "/basic-auth/{user}/{password}", AuthPages::basic);
        on(GET, "/hidden-basic-auth/{user}/{password}", AuthPages::hiddenBasic);
        on(GET, "/bearer", AuthPages::bearer);
        on(ANY, "/digest-auth/{qop}/{user}/{password}", AuthPages::digest);
        on(ANY, "/digest-auth/{qop}/{user}/{password}/{algorithm}", AuthPages::digest);
        on(ANY, "/digest-auth/{qop}/{user}/{password}/{algorithm}/{stale_after}", AuthPages::digest);

        on(GET, "/gzip", Encodings::gzip);
        on(GET, "/deflate", Encodings::deflate);
        on(GET, "/brotli", Encodings::brotli);
        on(GET, "/base64/{value}", Encodings::base64);

        on(GET, "/", this::contents);
        on(GET, "/html", Texts::html);
        on(GET, "/json", Texts::json);
        on(GET, "/xml", Texts::xml);
        on(GET, "/encoding/utf8", Texts::utf8);
        on(GET, "/robots.txt", Texts::robots);
        on(GET, "/deny", Texts::deny);

        on(GET, "/cache", Caching::cache);
        on(GET, "/cache/{seconds}", Caching::maxAge);
        on(GET, "/etag/{etag}", Caching::etag);
        on(List.of(GET, POST), "/response-headers", ResponseHeaders::answer);

        SampleApi api = new SampleApi();
        on(GET, "/users", api::users);
        on(GET, "/users/{id}", api::user);
        on(GET, "/posts", api::posts);
        on(POST, "/posts", api::createPost);
        on(GET, "/posts/{id}", api::post);
        on(PUT, "/posts/{id}", api::replacePost);
        on(PATCH, "/posts/{id}", api::changePost);
        on(DELETE, "/posts/{id}", api::deletePost);
        on(GET, "/posts/{id}/comments", api::commentsOfPost);
        on(GET, "/comments", api::comments);
        on(GET, "/comments/{id}", api::comment);

        on(GET, "/stats", exchange -> exchange.json(stats()));
        on(POST, "/stats/reset", this::resetStats);
    }

    private void on(List<HttpMethod> methods, String template, Handler handler) {
        methods.forEach(method -> on(method, template, handler));
    }

    private void on(HttpMethod method, String template, Handler handler) {
        String first = Route.segmentsOf(template)[0];
        List<Route> routes = table.computeIfAbsent(first, key -> new ArrayList<>());
        Route route = routes.stream()
                .filter(known -> known.template().equals(template))
                .findFirst()
                .orElse(null);
        if (route == null) {
            route = new Route(template);
            routes.add(route);
            contents.add(route);
        }
        route.on(method, handler);
    }

    /** Answers a request whose head has just arrived. */
    void accept(HttpServerRequest request) {
        String path = request.path();
        boolean isCounted = path == null || !path.startsWith("/stats");
        Exchange exchange = new Exchange(vertx, request, counters, isCounted);
        request.exceptionHandler(failure -> {});
        if (hasNoBody(request)) {
            exchange.guard(() -> answer(exchange));
            return;
        }
        BodyCollector.collect(
                request,
                body -> {
                    exchange.setBody(body);
                    exchange.guard(() -> answer(exchange));
                },
                exchange::refuseBody);
    }

    private static boolean hasNoBody(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private void answer(Exchange exchange) {
        String path = exchange.request().path();
        if (path == null || !path.startsWith("/")) {
            throw HttpProblem.badRequest("the request target must be a path");
        }
        Route route = find(exchange, Route.segmentsOf(path));
        if (route == null) {
            throw HttpProblem.notFound("no page " + path + "; / lists all there are");
        }
        Handler handler = route.handler(exchange.method());
        if (handler != null) {
            handler.handle(exchange);
        } else if (exchange.method() == HttpMethod.OPTIONS) {
            answerOptions(exchange, route);
        } else {
            refuseMethod(exchange, route);
        }
    }

    private @Nullable Route find(Exchange exchange, String[] path) {
        for (Route route : table.getOrDefault(path[0], List.of())) {
            Parameters values = route.match(path);
            if (values != null) {
                exchange.setPath(values);
                return route;
            }
        }
        return null;
    }

    private static void answerOptions(Exchange exchange, Route route) {
        exchange.with("Allow", route.allowed())
                .with("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, PATCH, OPTIONS")
                .with("Access-Control-Max-Age", "3600");
        String wanted = exchange.header("Access-Control-Request-Headers");
        if (wanted != null) {
            exchange.with("Access-Control-Allow-Headers", wanted);
        }
        exchange.empty();
    }

    private static void refuseMethod(Exchange exchange, Route route) {
        String message = exchange.method() + " is not allowed for " + route.template() + ", only " + route.allowed();
        exchange.status(405).with("Allow", route.allowed()).json(new JsonObject().put("error", message));
    }

    private void contents(Exchange exchange) {
        StringBuilder text = new StringBuilder();
        contents.forEach(route -> text.append(route).append('\n'));
        exchange.text("text/plain", text.toString());
    }

    private JsonObject stats() {
        return new JsonObject()
                .put("requests", counters.requests())
                .put("inFlight", counters.inFlight())
                .put("maxInFlight", counters.maxInFlight());
    }

    private void resetStats(Exchange exchange) {
        counters.reset();
        exchange.json(stats());
    }
}
