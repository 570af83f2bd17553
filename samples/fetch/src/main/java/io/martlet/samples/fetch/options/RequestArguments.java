package io.martlet.samples.fetch.options;

import io.martlet.async.AsyncSessionBuilder;
import io.martlet.async.RequestSpec;
import io.martlet.body.RequestBody;
import io.martlet.http.Method;
import io.martlet.samples.fetch.input.FetchTarget;
import io.martlet.samples.fetch.text.Secrets;
import io.martlet.samples.fetch.values.BodyValues;
import io.martlet.samples.fetch.values.HeaderLine;
import io.martlet.samples.fetch.values.OptionException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what each request is like. */
public final class RequestArguments {
    private static final int MAX_REDIRECTS = 1_000;

    @Option(
            names = {"-X", "--request"},
            paramLabel = "METHOD",
            description = "Method of each request. Default: GET, or POST with -d, --json or -F")
    private @Nullable String methodName;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "Header field to send; may be given repeatedly")
    private List<String> headerLines = List.of();

    @Option(
            names = {"-b", "--cookie"},
            paramLabel = "NAME=VALUE",
            description = "Cookie to send; may be given repeatedly")
    private List<String> cookies = List.of();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "TEXT|@FILE",
            description =
                    "Body to send, as text/plain unless -H says otherwise; of a file, as application/octet-stream")
    private List<String> dataTexts = List.of();

    @Option(names = "--json", paramLabel = "TEXT", description = "Body to send, as application/json")
    private List<String> jsonTexts = List.of();

    @Option(
            names = {"-F", "--form"},
            paramLabel = "NAME=VALUE|NAME=@FILE",
            description = "Part of a multipart/form-data body to send; may be given repeatedly")
    private List<String> form = List.of();

    @Option(
            names = "--max-redirects",
            paramLabel = "N",
            description = "Most redirects that are followed, one more is a failure. Default: 10")
    private int maxRedirects = 10;

    @Option(names = "--no-redirects", description = "Follow none: the redirect itself is the response")
    private boolean noRedirects;

    @Option(names = "--no-decompress", description = "Take bodies as they are sent, and ask for no compression")
    private boolean noDecompress;

    private @Nullable Method method;
    private @Nullable String data;
    private @Nullable String json;
    private @Nullable RequestBody body;
    private List<HeaderLine> headers = List.of();

    /** Refuses what makes no sense, and reads the rest once for all requests. */
    void check() {
        data = onlyOne("--data", dataTexts);
        json = onlyOne("--json", jsonTexts);
        long bodies = Stream.of(data != null, json != null, !form.isEmpty())
                .filter(b -> b)
                .count();
        if (bodies > 1) {
            throw OptionException.usage("Give --data or --json or --form, not both: a request has one body");
        }
        LimitArguments.checkRange("--max-redirects", maxRedirects, 0, MAX_REDIRECTS);
        headers = headerLines.stream().map(HeaderLine::parse).toList();
        if (data != null) {
            body = BodyValues.data("--data", data);
        } else if (json != null) {
            body = BodyValues.json("--json", json);
        } else if (!form.isEmpty()) {
            body = BodyValues.form("--form", form);
        }
        method = methodName == null ? null : method(methodName);
    }

    private static @Nullable String onlyOne(String option, List<String> texts) {
        if (texts.size() > 1) {
            throw OptionException.usage("Give " + option + " once: a request has one body");
        }
        return texts.isEmpty() ? null : texts.get(0);
    }

    private static Method method(String name) {
        try {
            return Method.of(name);
        } catch (IllegalArgumentException e) {
            throw OptionException.of("--request", String.valueOf(e.getMessage()));
        }
    }

    /** The method of a request: its own, else that of --request, else what its body makes of it. */
    public Method method(FetchTarget target) {
        if (target.method() != null) {
            return target.method();
        }
        if (method != null) {
            return method;
        }
        return body == null && target.body() == null ? Method.GET : Method.POST;
    }

    /** What is asked of each URL, by method and body as they were given: each value with its option and its length. */
    public String identity() {
        StringBuilder text = new StringBuilder();
        addTo(text, "--request", methodName);
        addTo(text, "--data", data);
        addTo(text, "--json", json);
        form.forEach(part -> addTo(text, "--form", part));
        return text.toString();
    }

    private static void addTo(StringBuilder text, String option, @Nullable String value) {
        if (value != null) {
            text.append(option).append(' ').append(value.length()).append(':').append(value);
        }
    }

    void describe(AsyncSessionBuilder session) {
        session.followRedirects(!noRedirects);
        session.options(options -> options.maxRedirects(maxRedirects));
        session.decompress(!noDecompress);
        for (String cookie : cookies) {
            addCookie(session, cookie);
        }
    }

    /** Without its value in any message. */
    private static void addCookie(AsyncSessionBuilder session, String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw OptionException.of("--cookie", "must be NAME=VALUE, and there is no equals sign");
        }
        try {
            session.cookie(pair.substring(0, equals), pair.substring(equals + 1));
        } catch (IllegalArgumentException e) {
            throw OptionException.of("--cookie", String.valueOf(e.getMessage()));
        }
    }

    /** Adds headers and body to a request. */
    void describe(RequestSpec request) {
        HeaderLine.describe(headers, request);
        if (body != null) {
            request.body(body);
        }
    }

    public boolean hasForm() {
        return !form.isEmpty();
    }

    /** Adds what is the same for all requests. */
    void describe(CurlCommand curl) {
        if (!noRedirects) {
            curl.add("--location").add("--max-redirs", maxRedirects);
        }
        if (!noDecompress) {
            curl.add("--compressed");
        }
    }

    /** Adds the body that is no text. */
    public void describeBody(CurlCommand curl) {
        if (data != null && data.startsWith("@")) {
            curl.add("--data-binary", data);
        }
        for (String part : form) {
            String name = part.substring(0, part.indexOf('='));
            boolean isFile = part.startsWith("=@", name.length());
            boolean isHidden = !isFile && Secrets.isSecret(name);
            if (isFile) {
                String file = part.substring(name.length() + "=@".length());
                curl.add("--form", name + "=@" + CurlCommand.fileOfForm(file));
            } else {
                curl.addSecret("--form-string", part, isHidden ? name + "=" + Secrets.HIDDEN : part);
            }
        }
    }
}
