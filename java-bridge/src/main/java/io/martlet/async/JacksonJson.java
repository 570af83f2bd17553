package io.martlet.async;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.martlet.body.JsonCodec;
import java.io.IOException;
import java.lang.reflect.Type;

/**
 * JSON by Jackson: records, beans, collections, and what the Jackson modules on the class path add, such as
 * {@code java.time}. Sessions use it by default where {@code jackson-databind} is on the class path.
 */
public final class JacksonJson implements JsonCodec {
    private final ObjectMapper mapper;

    /** Jackson as it comes, with all modules on the class path; properties that a class does not have are ignored. */
    public JacksonJson() {
        this(JsonMapper.builder()
                .findAndAddModules()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
    }

    /** Jackson as {@code mapper} is set up; it must not be changed afterwards. */
    public JacksonJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public byte[] encode(Object value, Type type) throws IOException {
        return mapper.writerFor(mapper.constructType(type)).writeValueAsBytes(value);
    }

    @Override
    public Object decode(byte[] json, Type type) throws IOException {
        return mapper.readValue(json, mapper.constructType(type));
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
