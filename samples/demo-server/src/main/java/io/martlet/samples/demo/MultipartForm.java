package io.martlet.samples.demo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code multipart/form-data} body (RFC 7578).
 *
 * @param form the parts without a file name
 * @param files the parts with one; the name of the field, not that of the file, is the key
 */
record MultipartForm(Parameters form, Parameters files) {

    static MultipartForm parse(byte[] body, @Nullable String boundary) {
        if (boundary == null || boundary.isEmpty()) {
            throw HttpProblem.badRequest("multipart/form-data needs a boundary parameter");
        }
        return new Parser(body, boundary).parse();
    }

    private static final class Parser {
        private static final byte[] EMPTY_LINE = bytes("\r\n\r\n");

        private final byte[] body;
        private final byte[] delimiter;
        private final Parameters form = new Parameters();
        private final Parameters files = new Parameters();

        Parser(byte[] body, String boundary) {
            // With a line end before it, the first delimiter is found like all others.
            this.body = new byte[body.length + 2];
            this.body[0] = '\r';
            this.body[1] = '\n';
            System.arraycopy(body, 0, this.body, 2, body.length);
            this.delimiter = bytes("\r\n--" + boundary);
        }

        MultipartForm parse() {
            int start = afterDelimiter(0);
            while (!isAt("--", start)) {
                int next = indexOf(delimiter, start);
                if (next < 0) {
                    throw HttpProblem.badRequest("the multipart body has no closing boundary");
                }
                addPart(start, next);
                start = next + delimiter.length;
            }
            return new MultipartForm(form, files);
        }

        private int afterDelimiter(int from) {
            int found = indexOf(delimiter, from);
            if (found < 0) {
                throw HttpProblem.badRequest("the multipart body does not contain its boundary");
            }
            return found + delimiter.length;
        }

        private void addPart(int start, int end) {
            int headEnd = indexOf(EMPTY_LINE, start);
            if (headEnd < 0 || headEnd > end) {
                throw HttpProblem.badRequest("a part of the multipart body has no empty line after its headers");
            }
            Map<String, String> headers = headers(start, headEnd);
            HeaderValue disposition = HeaderValue.parse(headers.get("content-disposition"));
            String name = disposition.parameter("name");
            if (name == null) {
                throw HttpProblem.badRequest("a part of the multipart body has no name");
            }
            byte[] content = Arrays.copyOfRange(body, Math.min(headEnd + EMPTY_LINE.length, end), end);
            if (disposition.parameter("filename") == null && disposition.parameter("filename*") == null) {
                form.add(name, new String(content, StandardCharsets.UTF_8));
            } else {
                files.add(name, BodyContent.textOrDataUrl(content, headers.get("content-type")));
            }
        }

        private Map<String, String> headers(int start, int end) {
            Map<String, String> headers = new TreeMap<>();
            String head = new String(body, start, end - start, StandardCharsets.UTF_8);
            head.lines().forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                    headers.put(name, line.substring(colon + 1).strip());
                }
            });
            return headers;
        }

        private boolean isAt(String text, int from) {
            int to = from + text.length();
            return to <= body.length && Arrays.equals(body, from, to, bytes(text), 0, text.length());
        }

        private int indexOf(byte[] wanted, int from) {
            for (int i = from; i <= body.length - wanted.length; i++) {
                if (body[i] == wanted[0] && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
                    return i;
                }
            }
            return -1;
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
