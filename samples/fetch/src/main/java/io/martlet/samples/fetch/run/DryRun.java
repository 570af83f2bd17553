package io.martlet.samples.fetch.run;

import io.martlet.async.AsyncSession;
import io.martlet.body.BytesBody;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import io.martlet.http.Url;
import io.martlet.samples.fetch.input.FetchTarget;
import io.martlet.samples.fetch.options.CurlCommand;
import io.martlet.samples.fetch.options.FetchArguments;
import io.martlet.samples.fetch.output.LineOutput;
import io.martlet.samples.fetch.output.Streams;
import io.martlet.samples.fetch.progress.Progress;
import io.martlet.samples.fetch.text.Printable;
import io.martlet.samples.fetch.text.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Prints for each URL the command of curl that would do the same, as far as curl can, and sends nothing. */
public final class DryRun {
    /** What curl would take for many URLs. */
    private static final Pattern GLOB = Pattern.compile("[\\[\\]{}]");

    /** With these, an empty body is none; with others, its length is sent. */
    private static final Set<Method> WITHOUT_LENGTH =
            Set.of(Method.GET, Method.HEAD, Method.DELETE, Method.OPTIONS, Method.of("TRACE"));

    private final Streams streams;
    private final FetchArguments arguments;

    public DryRun(Streams streams, FetchArguments arguments) {
        this.streams = streams;
        this.arguments = arguments;
    }

    /** Prints all, and returns the exit code: whether a line could not be read, or nobody reads what is printed. */
    public int print(Iterator<String> lines) {
        RunEnding ending = new RunEnding(streams.err());
        LineOutput out = new LineOutput(streams.out(), Progress.NONE);
        try {
            int exitCode;
            try {
                exitCode = print(lines, out);
            } catch (UncheckedIOException e) {
                ending.inputFailed(e);
                exitCode = RunEnding.FAILED;
            }
            out.flush();
            return exitCode;
        } catch (IOException e) {
            return ending.outputFailed(e);
        }
    }

    private int print(Iterator<String> lines, LineOutput out) throws IOException {
        int exitCode = RunEnding.ALL_SUCCEEDED;
        long number = 0;
        try (AsyncSession session = arguments.session(null).build()) {
            while (lines.hasNext()) {
                number++;
                try {
                    out.line(command(session, FetchTarget.parse(lines.next())));
                } catch (IllegalArgumentException | InvalidUrlException e) {
                    out.line("# " + number + ": " + Printable.of(String.valueOf(e.getMessage())));
                    exitCode = RunEnding.FAILED;
                }
            }
        }
        return exitCode;
    }

    private String command(AsyncSession session, FetchTarget target) throws InvalidUrlException {
        Url url = Url.parse(target.url());
        ClientRequest request = session.newRequest(arguments.request().method(target), url, spec -> {
            arguments.describe(spec, url);
            target.describe(spec);
        });
        CurlCommand curl = new CurlCommand(arguments.output().showSecrets());
        arguments.describe(curl, url);
        if (url.username() != null) {
            String user = url.username() + ":";
            curl.addSecret("--user", user + url.password(), user + Secrets.HIDDEN);
        }
        addMethod(curl, request);
        addHeaders(curl, request.headers());
        addCookies(curl, request.cookies());
        if (request.body() instanceof BytesBody body && !body.isEmpty()) {
            String text = new String(body.bytes(), StandardCharsets.UTF_8);
            curl.addSecret("--data-raw", text, Secrets.text(text));
        } else if (target.body() == null) {
            arguments.request().describeBody(curl);
        }
        String shown = request.url().toString();
        if (GLOB.matcher(shown).find()) {
            curl.add("--globoff");
        }
        return curl.add(curl.showsSecrets() ? shown : Secrets.url(shown)).toString();
    }

    private static void addMethod(CurlCommand curl, ClientRequest request) {
        if (request.method().equals(Method.HEAD)) {
            curl.add("--head");
            return;
        }
        Method usual = request.body().isEmpty() ? Method.GET : Method.POST;
        if (!request.method().equals(usual)) {
            curl.add("--request", request.method());
        }
        if (request.body().isEmpty() && !WITHOUT_LENGTH.contains(request.method())) {
            curl.add("--header", "Content-Length: 0");
        }
    }

    private void addHeaders(CurlCommand curl, Headers headers) {
        headers.forEach((name, value) -> {
            boolean isCurls = name.equalsIgnoreCase("Accept") && value.equals("*/*")
                    // Its boundary is curl's own.
                    || name.equalsIgnoreCase("Content-Type")
                            && arguments.request().hasForm();
            if (value.isEmpty()) {
                // With a colon curl would leave it out.
                curl.add("--header", name + ";");
            } else if (!isCurls) {
                curl.addSecret("--header", name + ": " + value, name + ": " + Secrets.headerValue(name, value));
            }
        });
    }

    private static void addCookies(CurlCommand curl, Map<String, String> cookies) {
        if (!cookies.isEmpty()) {
            String hidden = cookies.keySet().stream()
                    .map(name -> name + "=" + Secrets.HIDDEN)
                    .collect(Collectors.joining("; "));
            String shown = cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
            curl.addSecret("--cookie", shown, hidden);
        }
    }
}
