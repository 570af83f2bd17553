package io.martlet.samples.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import org.jspecify.annotations.Nullable;

/** JSON as this server writes and reads it. */
final class Json {
    private Json() {}

    /** With a line end, as httpbin has it: friendly to a terminal. */
    static Buffer encode(Object json) {
        return io.vertx.core.json.Json.encodeToBuffer(json).appendByte((byte) '\n');
    }

    /** Null where the text is not JSON. */
    static @Nullable Object decode(Buffer text) {
        try {
            return text.length() == 0 ? null : io.vertx.core.json.Json.decodeValue(text);
        } catch (DecodeException e) {
            return null;
        }
    }
}
