package io.martlet.body;

import io.martlet.http.Headers;
import io.martlet.http.MediaType;
import io.martlet.http.Part;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Several bodies in one (RFC 2046 §5.1), as a rule a form with files: {@code multipart/form-data} (RFC 7578). Immutable.
 *
 * <p>The parts are sent one after the other and never held in memory together. {@code Content-Length} is exact where each
 * of them knows its own; otherwise all is sent in chunks. It can be sent again if each of them can.
 */
public final class Multipart {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> FRAMING = List.of("Content-Length", "Transfer-Encoding");

    /** RFC 2046 §5.1.1, without the blank. */
    private static final Pattern BOUNDARY = Pattern.compile("[A-Za-z0-9'()+_,./:=?-]{1,70}");

    private final MediaType contentType;
    private final String boundary;
    private final List<Section> parts;

    private record Section(Headers headers, RequestBody body) {}

    private Multipart(MediaType type, String boundary, List<Section> parts) {
        this.contentType = type.with("boundary", boundary);
        this.boundary = boundary;
        this.parts = List.copyOf(parts);
    }

    /** {@return a builder of a form, without parts and with a boundary that nobody can guess} */
    public static Builder formData() {
        return new Builder();
    }

    /**
     * {@return {@code multipart/mixed} of bodies without names, for instance as a part of a form}
     *
     * @param bodies the parts in their order, each with its own content type
     */
    public static Multipart mixed(RequestBody... bodies) {
        SeriesBuilder mixed = of("mixed");
        for (RequestBody body : bodies) {
            mixed.part(body);
        }
        return mixed.build();
    }

    /**
     * {@return a builder of {@code multipart/subtype} that is no form: without parts and with a boundary that nobody
     * can guess}
     *
     * @param subtype such as {@code mixed} or {@code related}
     * @throws IllegalArgumentException if {@code subtype} is not a token, or is {@code form-data}: see
     *     {@link #formData}
     */
    public static SeriesBuilder of(String subtype) {
        return new SeriesBuilder(subtype);
    }

    /**
     * Takes a body apart that was received, of any {@code multipart} type. What stands before the first part and behind
     * the last is left out.
     *
     * @param contentType the {@code Content-Type} that came with the body; its boundary tells the parts from each other
     * @param bytes       the whole body
     * @return the parts, in their order
     * @throws IllegalArgumentException if {@code contentType} is not multipart or has no boundary of at most 70
     *     characters, if the head of a part is malformed, has a line of more than 8,190 bytes or more than 128 fields,
     *     and if there is no closing delimiter
     */
    public static List<Part> parse(MediaType contentType, byte[] bytes) {
        return MultipartDecoder.parse(contentType, bytes);
    }

    /** {@return what is sent as {@code Content-Type}, the boundary included} */
    public MediaType contentType() {
        return contentType;
    }

    /** {@return the body to send} */
    public RequestBody toBody() {
        List<RequestBody> pieces = new ArrayList<>();
        String delimiter = "--" + boundary;
        for (Section part : parts) {
            pieces.add(piece(delimiter + "\r\n" + lines(part.headers) + "\r\n"));
            pieces.add(part.body);
            delimiter = "\r\n--" + boundary;
        }
        pieces.add(piece(delimiter + "--\r\n"));
        return JoinedSource.bodyOf(pieces, contentType);
    }

    private static String lines(Headers headers) {
        StringBuilder lines = new StringBuilder();
        headers.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
        return lines.toString();
    }

    private static RequestBody piece(String text) {
        return RequestBody.bytes(TextEncoding.encode("headers of a part", text, StandardCharsets.UTF_8), null);
    }

    private static Headers described(Headers.Builder headers, RequestBody body) {
        MediaType type = body.contentType();
        return type == null
                ? headers.build()
                : headers.setIfAbsent("Content-Type", type.toString()).build();
    }

    private static void refuse(List<String> fields, Headers headers, String rule) {
        for (String field : fields) {
            if (headers.contains(field)) {
                throw new IllegalArgumentException("header " + field + " is not for a part to set (" + rule + ")");
            }
        }
    }

    private static String checkedBoundary(String boundary) {
        if (!BOUNDARY.matcher(boundary).matches()) {
            throw new IllegalArgumentException(
                    "boundary of " + boundary.length() + " characters is not one of RFC 2046 §5.1.1");
        }
        return boundary;
    }

    private static String randomBoundary() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Type and number of parts. */
    @Override
    public String toString() {
        return contentType.essence() + " of " + parts.size() + " parts";
    }

    /** Collects parts without names, in order; not thread-safe. */
    public static final class SeriesBuilder {
        private final List<Section> parts = new ArrayList<>();
        private MediaType type;
        private String boundary = randomBoundary();

        private SeriesBuilder(String subtype) {
            type = new MediaType("multipart", subtype, Map.of());
            if (type.subtype().equals("form-data")) {
                throw new IllegalArgumentException("the parts of form-data have names: use formData()");
            }
        }

        /**
         * Adds any body, with its own content type; another multipart by its {@link Multipart#toBody}.
         *
         * @param body sent after those that are there
         * @return this builder
         */
        public SeriesBuilder part(RequestBody body) {
            return part(body, Headers.EMPTY);
        }

        /**
         * Adds any body, with more fields in its head; a {@code Content-Type} among them takes the place of the body's.
         *
         * @param body sent after those that are there
         * @param more further fields of the part's head
         * @return this builder
         * @throws IllegalArgumentException if {@code Content-Length} or {@code Transfer-Encoding} is among the fields
         */
        public SeriesBuilder part(RequestBody body, Headers more) {
            refuse(FRAMING, more, "the boundary frames it");
            parts.add(new Section(described(more.toBuilder(), body), body));
            return this;
        }

        /**
         * Sets a parameter of the content type, such as {@code type} and {@code start} of {@code multipart/related} (RFC
         * 2387); {@code boundary} is as {@link #boundary}.
         *
         * @param name  of the parameter, in any case
         * @param value sent in quotes where it needs them; takes the place of an earlier one of this name
         * @return this builder
         * @throws IllegalArgumentException if {@code name} is not a token or {@code value} holds a control character
         */
        public SeriesBuilder parameter(String name, String value) {
            if (name.equalsIgnoreCase("boundary")) {
                return boundary(value);
            }
            type = type.with(name, value);
            return this;
        }

        /**
         * Sets what separates the parts; see {@link Builder#boundary}.
         *
         * @param boundary 1 to 70 characters that occur in no part. Default: 128 random bits
         * @return this builder
         */
        public SeriesBuilder boundary(String boundary) {
            this.boundary = checkedBoundary(boundary);
            return this;
        }

        /** {@return all of them as one} */
        public Multipart build() {
            return new Multipart(type, boundary, parts);
        }
    }

    /**
     * Collects the parts of a form in order; not thread-safe.
     *
     * <p>Names and file names are sent in UTF-8, with {@code "}, CR and LF as {@code %22}, {@code %0D} and {@code %0A}, as
     * browsers do (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data). Other
     * control characters in them but TAB are refused with an {@link IllegalArgumentException}.
     */
    public static final class Builder {
        private static final MediaType TYPE = new MediaType("multipart", "form-data", Map.of());
        private static final List<String> DISPOSITION = List.of("Content-Disposition");
        private static final String RULE = "RFC 7578 §4.8";

        private final List<Section> parts = new ArrayList<>();
        private String boundary = randomBoundary();

        private Builder() {}

        /**
         * Adds a text field; numbers and booleans as they print. A name may be given repeatedly.
         *
         * @param name  of the field
         * @param value what prints as the text, sent in UTF-8 and without a content type
         * @return this builder
         */
        public Builder field(String name, Object value) {
            byte[] text = TextEncoding.encode("value of a form field", value.toString(), StandardCharsets.UTF_8);
            return add(name, null, Headers.EMPTY, new BytesBody(text, null));
        }

        /**
         * Adds a file under its own name, with the type that its name suggests. It is read when it is sent.
         *
         * @param name of the field
         * @param path read now for its size, and again when it is sent
         * @return this builder
         * @throws IOException if its size cannot be read
         */
        public Builder file(String name, Path path) throws IOException {
            String fileName = String.valueOf(path.getFileName());
            return file(name, path, fileName, typeOf(fileName));
        }

        /**
         * Adds a file, which is read when it is sent.
         *
         * @param name        of the field
         * @param path        read now for its size, and again when it is sent
         * @param fileName    what the server is to call it
         * @param contentType of the file, sent with it
         * @return this builder
         * @throws IOException if its size cannot be read
         */
        public Builder file(String name, Path path, String fileName, MediaType contentType) throws IOException {
            return part(name, fileName, RequestBody.file(path, contentType));
        }

        /**
         * Adds any body, with its own content type.
         *
         * @param name of the field
         * @param body without a content type it is sent without one
         * @return this builder
         */
        public Builder part(String name, RequestBody body) {
            return add(name, null, Headers.EMPTY, body);
        }

        /**
         * Adds any body as a file of the name {@code fileName}, with its own content type.
         *
         * @param name     of the field
         * @param fileName what the server is to call it
         * @param body     without a content type it is sent without one
         * @return this builder
         */
        public Builder part(String name, String fileName, RequestBody body) {
            return add(name, fileName, Headers.EMPTY, body);
        }

        /**
         * Adds any body, with more fields in its head; a {@code Content-Type} among them takes the place of the body's.
         *
         * @param name     of the field
         * @param fileName what the server is to call it; null for a part that is no file
         * @param body     what is sent behind that head
         * @param more     further fields of the part's head
         * @return this builder
         * @throws IllegalArgumentException if {@code Content-Disposition}, {@code Content-Length} or
         *     {@code Transfer-Encoding} is among the fields
         */
        public Builder part(String name, @Nullable String fileName, RequestBody body, Headers more) {
            refuse(DISPOSITION, more, RULE);
            refuse(FRAMING, more, RULE);
            return add(name, fileName, more, body);
        }

        private Builder add(String name, @Nullable String fileName, Headers more, RequestBody body) {
            String disposition = "form-data; name=" + PartName.quoted("name of a form field", name)
                    + (fileName == null ? "" : "; filename=" + PartName.quoted("fileName", fileName));
            Headers.Builder headers = Headers.builder().add("Content-Disposition", disposition);
            parts.add(new Section(described(headers.addAll(more), body), body));
            return this;
        }

        /**
         * Sets what separates the parts. Default: 128 random bits, so that no part can hold it.
         *
         * @param boundary 1 to 70 characters that occur in no part
         * @return this builder
         * @throws IllegalArgumentException unless it is 1 to 70 of the characters of RFC 2046 §5.1.1, without blanks
         */
        public Builder boundary(String boundary) {
            this.boundary = checkedBoundary(boundary);
            return this;
        }

        /** {@return the form collected so far} */
        public Multipart build() {
            return new Multipart(TYPE, boundary, parts);
        }

        private static MediaType typeOf(String fileName) {
            String guessed = URLConnection.guessContentTypeFromName(fileName);
            return guessed == null
                    ? MediaType.OCTET_STREAM
                    : MediaType.tryParse(guessed).orElse(MediaType.OCTET_STREAM);
        }
    }
}
