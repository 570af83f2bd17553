package io.martlet.samples.fetch.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.martlet.async.RequestSpec;
import io.martlet.body.RequestBody;
import io.martlet.http.MediaType;
import io.martlet.http.Method;
import io.martlet.samples.fetch.values.HeaderLine;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the input: a URL, or a JSON object with a {@code url} and what else this request is to be like, in the
 * place of what the command says: {@code {"url": "http://x/", "method": "PUT", "headers": {"A": "1"}, "body": {"b": 2}}}.
 * A body that is a string is text, any other is JSON. What is wrong with a line is told without showing it.
 *
 * @param url     what to fetch
 * @param method  null where the command says it
 * @param headers in the place of the command's with the same names
 * @param body    null where the command says it
 */
public record FetchTarget(
        String url,
        @Nullable Method method,
        List<HeaderLine> headers,
        @Nullable RequestBody body) {
    /** Reads a line; an {@link IllegalArgumentException} says what is wrong with it. */
    public static FetchTarget parse(String line) {
        if (!line.startsWith("{")) {
            return new FetchTarget(line, null, List.of(), null);
        }
        return Fields.parse(line);
    }

    /** What the command says, and instead of it what this line says. */
    public void describe(RequestSpec request) {
        HeaderLine.describe(headers, request);
        if (body != null) {
            request.body(body);
        }
    }

    /** The fields of one object, in any order. Apart, so that lines that are URLs load nothing for JSON. */
    private static final class Fields {
        private static final JsonFactory JSON = new JsonFactory();

        private final JsonParser json;
        private final String line;
        private final List<HeaderLine> headers = new ArrayList<>();
        private @Nullable String url;
        private @Nullable Method method;
        private @Nullable RequestBody body;

        Fields(JsonParser json, String line) {
            this.json = json;
            this.line = line;
        }

        public static FetchTarget parse(String line) {
            try (JsonParser json = JSON.createParser(line)) {
                json.nextToken();
                FetchTarget target = new Fields(json, line).read();
                if (json.nextToken() != null) {
                    throw new IllegalArgumentException("The line is more than one JSON object");
                }
                return target;
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(whatIsWrong(e));
            } catch (IOException e) {
                throw new IllegalArgumentException("The line cannot be read", e);
            } catch (OptionException e) {
                throw new IllegalArgumentException("headers of the line: a name or a value holds what no header can");
            }
        }

        /** Too many levels have no place. */
        private static String whatIsWrong(JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            return place == null
                    ? "The line is JSON that is too deep, or too long"
                    : "The line is not JSON, as column " + place.getColumnNr() + " shows";
        }

        private FetchTarget read() throws IOException {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "url" -> url = text("url");
                    case "method" -> method = method(text("method"));
                    case "headers" -> readHeaders();
                    case "body" -> body = readBody();
                    default ->
                        throw new IllegalArgumentException(
                                "The line has a field that is none of url, method, headers, body");
                }
            }
            if (url == null) {
                throw new IllegalArgumentException("The line has no url");
            }
            return new FetchTarget(url, method, List.copyOf(headers), body);
        }

        private static Method method(String name) {
            try {
                return Method.of(name);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("method of the line is not a token (RFC 9110 §9.1)", e);
            }
        }

        private String text(String field) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new IllegalArgumentException(field + " of the line is no string");
            }
            return json.getText();
        }

        private void readHeaders() throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("headers of the line is no object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.START_ARRAY) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        headers.add(HeaderLine.parse(name + ":" + text("a header")));
                    }
                } else {
                    headers.add(HeaderLine.parse(name + ":" + text("a header")));
                }
            }
        }

        private @Nullable RequestBody readBody() throws IOException {
            switch (json.currentToken()) {
                case VALUE_NULL:
                    return null;
                case VALUE_STRING:
                    return RequestBody.text(json.getText());
                case START_OBJECT, START_ARRAY:
                    // As it stands: whoever read its numbers could not write them again as they were.
                    int start = (int) json.currentTokenLocation().getCharOffset();
                    json.skipChildren();
                    int end = (int) json.currentTokenLocation().getCharOffset() + 1;
                    return RequestBody.text(line.substring(start, end), MediaType.JSON);
                default:
                    return RequestBody.text(json.getText(), MediaType.JSON);
            }
        }
    }
}
