package io.martlet.samples.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** An API of users, posts and comments. Changes are answered as if they had been made, and are not. */
final class SampleApi {
    private static final int DEFAULT_PAGE_SIZE = 10;
    private static final int NEXT_POST_ID = SampleData.POSTS + 1;

    private final Table users = new Table("user", SampleData::users);
    private final Table posts = new Table("post", SampleData::posts);
    private final Table comments = new Table("comment", SampleData::comments);

    void users(Exchange exchange) {
        answerPage(exchange, users.all());
    }

    void user(Exchange exchange) {
        exchange.json(users.row(exchange));
    }

    void posts(Exchange exchange) {
        answerPage(exchange, filtered(exchange, posts.all(), "userId"));
    }

    void post(Exchange exchange) {
        exchange.json(posts.row(exchange));
    }

    void createPost(Exchange exchange) {
        JsonObject created = fields(exchange).put("id", NEXT_POST_ID);
        exchange.status(201)
                .with("Location", exchange.root() + "/posts/" + NEXT_POST_ID)
                .json(created);
    }

    void replacePost(Exchange exchange) {
        JsonObject old = posts.row(exchange);
        exchange.json(fields(exchange).put("id", old.getInteger("id")));
    }

    void changePost(Exchange exchange) {
        JsonObject old = posts.row(exchange);
        exchange.json(old.copy().mergeIn(fields(exchange)).put("id", old.getInteger("id")));
    }

    void deletePost(Exchange exchange) {
        posts.row(exchange);
        exchange.json(new JsonObject());
    }

    void commentsOfPost(Exchange exchange) {
        int postId = posts.row(exchange).getInteger("id");
        answerPage(exchange, having(comments.all(), "postId", postId));
    }

    void comments(Exchange exchange) {
        answerPage(exchange, filtered(exchange, comments.all(), "postId"));
    }

    void comment(Exchange exchange) {
        exchange.json(comments.row(exchange));
    }

    private static List<JsonObject> filtered(Exchange exchange, List<JsonObject> rows, String field) {
        if (!exchange.query().has(field)) {
            return rows;
        }
        return having(rows, field, exchange.query().number(field, 0, Integer.MAX_VALUE));
    }

    private static List<JsonObject> having(List<JsonObject> rows, String field, int value) {
        return rows.stream().filter(row -> row.getInteger(field) == value).toList();
    }

    /** Cuts out the page that {@code _page} (from 1) and {@code _limit} ask for; without them, all is one page. */
    private static void answerPage(Exchange exchange, List<JsonObject> rows) {
        Parameters query = exchange.query();
        exchange.with("X-Total-Count", String.valueOf(rows.size()));
        if (!query.has("_page") && !query.has("_limit")) {
            exchange.json(new JsonArray(rows));
            return;
        }
        int size = query.number("_limit", 1, SampleData.COMMENTS, DEFAULT_PAGE_SIZE);
        int page = query.number("_page", 1, SampleData.COMMENTS + 1, 1);
        int start = Math.min((page - 1) * size, rows.size());
        if (query.has("_page")) {
            exchange.with("Link", links(exchange, page, Math.max(1, (rows.size() + size - 1) / size)));
        }
        exchange.json(new JsonArray(rows.subList(start, Math.min(start + size, rows.size()))));
    }

    private static String links(Exchange exchange, int page, int last) {
        List<String> links = new ArrayList<>();
        links.add(link(exchange, 1, "first"));
        if (page > 1) {
            links.add(link(exchange, Math.min(page - 1, last), "prev"));
        }
        if (page < last) {
            links.add(link(exchange, page + 1, "next"));
        }
        links.add(link(exchange, last, "last"));
        return String.join(", ", links);
    }

    private static String link(Exchange exchange, int page, String relation) {
        Parameters query = exchange.query();
        StringBuilder url =
                new StringBuilder(exchange.root() + exchange.request().path() + "?_page=" + page);
        for (String name : List.of("_limit", "userId", "postId")) {
            if (query.has(name)) {
                url.append('&').append(name).append('=').append(query.number(name));
            }
        }
        return "<" + url + ">; rel=\"" + relation + "\"";
    }

    /** What the client sent, as a JSON object or as a form. */
    private static JsonObject fields(Exchange exchange) {
        BodyContent content = BodyContent.of(exchange);
        if (content.json() instanceof JsonObject fields) {
            return fields;
        }
        if (content.data().isEmpty()) {
            return content.form().toJson();
        }
        throw HttpProblem.badRequest("the body must be a JSON object or a form");
    }

    /** Rows whose id is their place, counted from 1. */
    private static final class Table {
        private final String name;
        private final Supplier<List<JsonObject>> source;
        private volatile List<JsonObject> rows = List.of();

        Table(String name, Supplier<List<JsonObject>> source) {
            this.name = name;
            this.source = source;
        }

        /** Made at the first request, for a fast start; by two threads at once, the same twice. */
        List<JsonObject> all() {
            if (rows.isEmpty()) {
                rows = source.get();
            }
            return rows;
        }

        JsonObject row(Exchange exchange) {
            long id = exchange.path().number("id");
            if (id < 1 || id > all().size()) {
                throw HttpProblem.notFound("no " + name + " " + id + ", only 1 to " + all().size());
            }
            return all().get((int) id - 1);
        }
    }
}
