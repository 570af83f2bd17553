package io.martlet.body;

import java.lang.reflect.Type;

/**
 * Turns objects into JSON and back. Implementations are thread-safe.
 *
 * <p>A session has one; {@code json(…)} of requests and responses use it.
 */
public interface JsonCodec {
    /** Refuses everything with an {@link IllegalStateException} that says how to get a codec. */
    JsonCodec NONE = new JsonCodec() {
        @Override
        public byte[] encode(Object value, Type type) {
            throw missing();
        }

        @Override
        public Object decode(byte[] json, Type type) {
            throw missing();
        }

        private IllegalStateException missing() {
            return new IllegalStateException("No JSON codec: set one with jsonCodec(…) on the session,"
                    + " or in Java add com.fasterxml.jackson.core:jackson-databind to the class path");
        }
    };

    /**
     * {@return the JSON text of {@code value} in UTF-8}
     *
     * @param value the object to write
     * @param type  the declared type of {@code value}, its class if nothing better is known
     * @throws Exception whatever says that {@code value} cannot be written as {@code type}; so does a
     *     {@link StackOverflowError}, of what is nested too deep or holds itself
     */
    byte[] encode(Object value, Type type) throws Exception;

    /**
     * The object that {@code json} describes.
     *
     * @param json JSON text in UTF-8
     * @param type what to make of it
     * @return an instance of {@code type}
     * @throws Exception whatever says that {@code json} is no JSON for {@code type}; so does a {@link StackOverflowError},
     *     of what is nested too deep
     */
    Object decode(byte[] json, Type type) throws Exception;
}
