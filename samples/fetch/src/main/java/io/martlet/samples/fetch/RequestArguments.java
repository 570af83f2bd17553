package io.martlet.samples.fetch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.martlet.async.RequestSpec;
import io.martlet.config.ClientTimeout;
import io.martlet.http.Headers;
import io.martlet.http.MediaType;
import io.martlet.http.Method;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that say what each request is like. */
final class RequestArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-X", "--request"},
            paramLabel = "METHOD",
            converter = MethodName.class,
            description = "Method of each request. Default: GET, or POST with -d or --json")
    private @Nullable Method method;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            converter = HeaderLine.Reader.class,
            description = "Header field to send; may be given repeatedly")
    private List<HeaderLine> headers = List.of();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "TEXT",
            description = "Body to send, as text/plain unless -H says otherwise")
    private @Nullable String data;

    @Option(
            names = "--json",
            paramLabel = "TEXT",
            converter = JsonText.class,
            description = "Body to send, as application/json")
    private @Nullable String json;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Limit for each request as a whole, redirects and body included. Default: 300; 0 for none")
    private @Nullable Duration total;

    @Option(
            names = "--connect-timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Limit for opening a connection. Default: 30; 0 for none")
    private @Nullable Duration connect;

    @Option(
            names = "--read-timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Limit for each silence of the server. Default: none")
    private @Nullable Duration read;

    /** Refuses what each for itself makes sense. */
    void check() {
        if (data != null && json != null) {
            throw new ParameterException(spec.commandLine(), "Give --data or --json, not both: a request has one body");
        }
    }

    Method method() {
        if (method != null) {
            return method;
        }
        return data == null && json == null ? Method.GET : Method.POST;
    }

    ClientTimeout timeout() {
        ClientTimeout.Builder limits = ClientTimeout.builder();
        if (total != null) {
            limits.total(total);
        }
        if (connect != null) {
            limits.socketConnect(connect);
        }
        if (read != null) {
            limits.socketRead(read);
        }
        return limits.build();
    }

    /** Adds headers and body to a request. */
    void describe(RequestSpec request) {
        Set<String> seen = new HashSet<>();
        for (HeaderLine header : headers) {
            // The first of a name replaces the session's.
            if (seen.add(header.name.toLowerCase(Locale.ROOT))) {
                request.header(header.name, header.value);
            } else {
                request.addHeader(header.name, header.value);
            }
        }
        if (json != null) {
            request.text(json, MediaType.JSON);
        } else if (data != null) {
            request.text(data);
        }
    }

    private record HeaderLine(String name, String value) {
        /** Its messages leave out the value, which may be a password. */
        static final class Reader implements ITypeConverter<HeaderLine> {
            @Override
            public HeaderLine convert(String text) {
                int colon = text.indexOf(':');
                if (colon < 0) {
                    throw new TypeConversionException("must be 'Name: value', and there is no colon");
                }
                HeaderLine line = new HeaderLine(
                        text.substring(0, colon), text.substring(colon + 1).strip());
                try {
                    Headers.of(line.name, line.value);
                } catch (IllegalArgumentException e) {
                    throw new TypeConversionException(String.valueOf(e.getMessage()));
                }
                return line;
            }
        }
    }

    private static final class MethodName implements ITypeConverter<Method> {
        @Override
        public Method convert(String text) {
            try {
                return Method.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Takes the text as it is, if it is one JSON value. Its messages leave out the text, which may hold a password. */
    private static final class JsonText implements ITypeConverter<String> {
        @Override
        public String convert(String text) throws IOException {
            try (JsonParser parser = new JsonFactory().createParser(text)) {
                if (parser.nextToken() == null) {
                    throw new TypeConversionException("must be JSON, and is empty");
                }
                parser.skipChildren();
                if (parser.nextToken() != null) {
                    throw new TypeConversionException("must be JSON, and is more than one value");
                }
                return text;
            } catch (JsonProcessingException e) {
                String place = "column " + e.getLocation().getColumnNr() + " of line "
                        + e.getLocation().getLineNr();
                throw new TypeConversionException("must be JSON, and is not, as " + place + " shows");
            }
        }
    }
}
