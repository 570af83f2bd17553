package io.martlet.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A part of a multipart body as a value (RFC 2046 §5.1): its body is complete and in memory.
 *
 * <p>A {@code Content-Transfer-Encoding} is not decoded: no HTTP needs one (RFC 9110 §8.3.3), and RFC 7578 §4.7 deprecates
 * it. The field is in {@link #headers}, the body is as it was sent.
 *
 * @param headers the fields of the part; often none
 * @param bytes   the body: the array itself, not a copy
 */
public record Part(Headers headers, byte[] bytes) {
    /**
     * {@return the {@code name} in the {@code Content-Disposition}: what the field of a form is called; empty if there
     * is none}
     */
    public Optional<String> name() {
        return contentDisposition().map(disposition -> disposition.parameters().get("name"));
    }

    /**
     * {@return the name of the file as it was sent: it may be a path; empty if there is none} See
     * {@link ContentDisposition#safeFileName}.
     */
    public Optional<String> fileName() {
        return contentDisposition().flatMap(ContentDisposition::filename);
    }

    /** {@return the {@code Content-Disposition}; empty if it is missing or malformed} */
    public Optional<ContentDisposition> contentDisposition() {
        return ResponseFields.contentDisposition(headers);
    }

    /**
     * {@return the {@code Content-Type}; {@code text/plain} if it is missing (RFC 2046 §5.1),
     * {@code application/octet-stream} if it is malformed} A malformed parameter is left out.
     */
    public MediaType mediaType() {
        return ResponseFields.partType(headers);
    }

    /**
     * {@return what {@link #text()} reads the body in: the charset that {@code Content-Type} declares if this JVM knows
     * it, otherwise what a byte order mark says, otherwise UTF-8}
     */
    public Charset charset() {
        return mediaType().charset().orElseGet(() -> ByteOrderMark.charset(bytes, StandardCharsets.UTF_8));
    }

    /** {@return the body as text, in {@link #charset}} */
    public String text() {
        return text(charset());
    }

    /**
     * {@return the body as text in that charset, without its byte order mark} Malformed bytes become U+FFFD.
     *
     * @param charset what to read the body in, whatever {@code Content-Type} and a byte order mark say
     */
    public String text(Charset charset) {
        return ByteOrderMark.cut(new String(bytes, charset));
    }

    /** Media type and length; no other header and nothing of the body. */
    @Override
    public String toString() {
        return "part of " + bytes.length + " bytes of " + mediaType().essence();
    }
}
