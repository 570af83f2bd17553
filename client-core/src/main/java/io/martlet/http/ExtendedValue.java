package io.martlet.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of parameters whose name ends in an asterisk: {@code UTF-8''na%C3%AFve.txt} (RFC 8187 §3.2). */
final class ExtendedValue {
    private ExtendedValue() {}

    /** The value of parameter {@code name}, from {@code name*} if that can be read. */
    static Optional<String> of(Map<String, String> parameters, String name) {
        String extended = parameters.get(name + "*");
        Optional<String> decoded = extended == null ? Optional.empty() : decode(extended);
        return decoded.or(() -> Optional.ofNullable(parameters.get(name)));
    }

    /** What the text means; empty if it is malformed or in another charset than UTF-8 and ISO-8859-1. */
    static Optional<String> decode(String text) {
        String[] parts = text.split("'", 3);
        Charset charset = parts.length < 3 ? null : charset(parts[0]);
        byte[] bytes = charset == null ? null : octets(parts[2]);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static @Nullable Charset charset(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "utf-8" -> StandardCharsets.UTF_8;
            case "iso-8859-1" -> StandardCharsets.ISO_8859_1;
            default -> null;
        };
    }

    private static byte @Nullable [] octets(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            boolean isEscape = c == '%' && PercentEncoding.isEscape(encoded, i);
            if (c >= 0x80 || c == '%' && !isEscape) {
                return null;
            }
            bytes.write(isEscape ? Integer.parseInt(encoded, i + 1, i + 3, 16) : c);
            i += isEscape ? 2 : 0;
        }
        return bytes.toByteArray();
    }
}
