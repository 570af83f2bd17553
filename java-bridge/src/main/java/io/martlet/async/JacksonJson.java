package io.martlet.async;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.martlet.body.JsonCodec;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * JSON by Jackson: records, beans, collections, and what the Jackson modules on the class path add:
 * {@code jackson-datatype-jsr310} does {@code java.time}. Sessions use it by default where {@code jackson-databind} is on
 * the class path. Jackson 2.15 or later.
 */
public final class JacksonJson implements JsonCodec {
    private final @Nullable ObjectMapper mapper;

    /**
     * Jackson with all modules on the class path; properties that a class does not have are ignored, and what follows the
     * JSON is an error, dates and durations are written as text (ISO 8601), and what is nested more than 500 deep is
     * refused, as it might fill the stack of a thread: all of it is otherwise with Jackson 2 as it comes.
     */
    public JacksonJson() {
        this.mapper = null;
    }

    /**
     * Jackson as {@code mapper} is set up.
     *
     * @param mapper must not be changed afterwards
     */
    public JacksonJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public byte[] encode(Object value, Type type) throws IOException {
        ObjectMapper writer = mapper();
        return writer.writerFor(writer.constructType(type)).writeValueAsBytes(value);
    }

    @Override
    public Object decode(byte[] json, Type type) throws IOException {
        ObjectMapper reader = mapper();
        return reader.readValue(json, reader.constructType(type));
    }

    private ObjectMapper mapper() {
        return mapper != null ? mapper : AsItComes.MAPPER;
    }

    /** Made when it is first used, and only once: finding the modules takes longer than many a program. */
    private static final class AsItComes {
        /** As Jackson 3 has it. The 1000 of Jackson 2 can be more than a thread's stack takes, by a few levels. */
        private static final int MAX_DEPTH = 500;

        static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .build())
                        .build())
                .findAndAddModules()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** Jackson where it is on the class path, otherwise {@link JsonCodec#NONE}, which says what is missing. */
    static JsonCodec ifPresent() {
        try {
            Class.forName("com.fasterxml.jackson.databind.ObjectMapper", false, JacksonJson.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            return JsonCodec.NONE;
        }
        return new JacksonJson();
    }
}
