package io.martlet.internal.http1;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test vector of llhttp: what a server sends, and what llhttp's strict mode, or one of its lenient ones, says of it.
 *
 * @param name       file and title
 * @param mode       {@code response} for strict, {@code response-lenient-…} otherwise
 * @param isHead     whether the body is to be skipped, as after HEAD
 * @param input      the bytes
 * @param messages   the messages that llhttp sees, printed as {@link LlhttpVectorsTest} prints ours
 * @param isRejected whether llhttp ends in an error
 */
record LlhttpVector(String name, String mode, boolean isHead, byte[] input, String messages, boolean isRejected) {
    private static final Pattern BLOCK = Pattern.compile(
            "<!-- meta=(\\{.*?})\\s*-->\\s*```http\\n(.*?)\\n```.*?```log\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern TITLE = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("\"type\": *\"([a-z-]+)\"");
    private static final Pattern SPAN = Pattern.compile("off=(\\d+) len=(\\d+) span\\[([a-z_]+)]=.*");

    /** The vectors of a Markdown file, in their order. */
    static List<LlhttpVector> of(String file, String markdown) {
        List<LlhttpVector> vectors = new ArrayList<>();
        Matcher block = BLOCK.matcher(markdown);
        while (block.find()) {
            String title = lastTitle(markdown.substring(0, block.start()));
            Matcher type = TYPE.matcher(block.group(1));
            String mode = type.find() ? type.group(1) : "";
            byte[] input = unescape(block.group(2));
            String log = block.group(3);
            boolean isHead = block.group(1).contains("\"skipBody\": true");
            // Code 22 is how llhttp hands over to the protocol that was switched to.
            boolean isRejected = log.contains(" error code=") && !log.contains(" error code=22 ");
            vectors.add(new LlhttpVector(file + ": " + title, mode, isHead, input, messages(input, log), isRejected));
        }
        return vectors;
    }

    private static String lastTitle(String text) {
        Matcher title = TITLE.matcher(text);
        String last = "";
        while (title.find()) {
            last = title.group(1);
        }
        return last;
    }

    /** As llhttp's own runner reads its files: a line end is CRLF, unless it is escaped. */
    private static byte[] unescape(String text) {
        String plain = text.replace("\\\n", "")
                .replace("\n", "\r\n")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\f", "\f");
        return plain.getBytes(StandardCharsets.UTF_8);
    }

    private static String messages(byte[] input, String log) {
        Printer printer = new Printer();
        for (String line : log.split("\n")) {
            Matcher span = SPAN.matcher(line);
            if (span.matches()) {
                int from = Integer.parseInt(span.group(1));
                int length = Integer.parseInt(span.group(2));
                printer.span(span.group(3), new String(input, from, length, StandardCharsets.UTF_8));
            } else if (line.endsWith("message begin")) {
                printer.begin();
            } else if (line.contains("headers complete")) {
                printer.headComplete(line.replaceFirst(".* status=(\\d+) .*", "$1"));
            } else if (line.endsWith("message complete")) {
                printer.end(" complete");
            } else if (line.endsWith("finish=1")) {
                printer.end(" complete");
            }
        }
        printer.end("");
        return printer.text.toString();
    }

    /** Prints each message as {@code 1.1 200 "OK" [name: value] "body" complete}. */
    private static final class Printer {
        private final StringBuilder text = new StringBuilder();
        private final List<String> fields = new ArrayList<>();
        private String version = "";
        private String reason = "";
        private String body = "";
        private String status = "";

        void begin() {
            end("");
        }

        void span(String kind, String value) {
            switch (kind) {
                case "version" -> version += value;
                case "status" -> reason += value;
                case "header_field" -> fields.add(value);
                case "header_value" ->
                    fields.set(fields.size() - 1, fields.get(fields.size() - 1) + ": " + value.strip());
                case "body" -> body += value;
                default -> {}
            }
        }

        void headComplete(String code) {
            status = code;
        }

        void end(String complete) {
            if (!status.isEmpty()) {
                text.append(version)
                        .append(' ')
                        .append(status)
                        .append(" \"")
                        .append(reason)
                        .append("\" ")
                        .append(fields);
                text.append(" \"").append(body).append('"').append(complete).append('\n');
            }
            fields.clear();
            version = "";
            reason = "";
            body = "";
            status = "";
        }
    }
}
