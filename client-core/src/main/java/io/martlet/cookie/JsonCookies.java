package io.martlet.cookie;

import io.martlet.cookie.Cookie.SameSite;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kotlinx.serialization.SerializationException;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** One object for each cookie, with the names of its components. */
final class JsonCookies implements CookieFormat {
    private static final String VERSION = "1";

    @Override
    public String write(Collection<Cookie> cookies) {
        String lines = cookies.stream().map(cookie -> object(cookie).toString()).collect(Collectors.joining(",\n"));
        return "{\"version\":" + VERSION + ",\"cookies\":[\n" + lines + "\n]}\n";
    }

    private static JsonObject object(Cookie cookie) {
        Map<String, JsonElement> fields = new LinkedHashMap<>();
        fields.put("name", JsonElementKt.JsonPrimitive(cookie.name()));
        fields.put("value", JsonElementKt.JsonPrimitive(cookie.value()));
        fields.put("domain", JsonElementKt.JsonPrimitive(cookie.domain()));
        fields.put("hostOnly", JsonElementKt.JsonPrimitive(cookie.hostOnly()));
        fields.put("path", JsonElementKt.JsonPrimitive(cookie.path()));
        if (cookie.expires() != null) {
            fields.put("expires", JsonElementKt.JsonPrimitive(cookie.expires().toString()));
        }
        fields.put("secure", JsonElementKt.JsonPrimitive(cookie.secure()));
        fields.put("httpOnly", JsonElementKt.JsonPrimitive(cookie.httpOnly()));
        if (cookie.sameSite() != null) {
            fields.put("sameSite", JsonElementKt.JsonPrimitive(cookie.sameSite().name()));
        }
        return new JsonObject(fields);
    }

    @Override
    public List<Cookie> read(String text) {
        if (!(parsed(text) instanceof JsonObject root) || !(root.get("cookies") instanceof JsonArray cookies)) {
            throw new IllegalArgumentException("it has no array \"cookies\"");
        }
        if (!(root.get("version") instanceof JsonPrimitive version)
                || !version.getContent().equals(VERSION)) {
            throw new IllegalArgumentException("its version is not " + VERSION);
        }
        return IntStream.range(0, cookies.size())
                .mapToObj(i -> cookie(i, cookies.get(i)))
                .toList();
    }

    private static JsonElement parsed(String text) {
        try {
            return Json.Default.parseToJsonElement(text);
        } catch (SerializationException e) {
            // What it says quotes the text.
            throw new IllegalArgumentException("it is not JSON");
        }
    }

    private static Cookie cookie(int index, JsonElement element) {
        try {
            if (element instanceof JsonObject object) {
                return cookie(new Fields(object));
            }
            throw new IllegalArgumentException("it is no object");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cookie " + index + ": " + e.getMessage());
        }
    }

    private static Cookie cookie(Fields fields) {
        return new Cookie(
                fields.text("name"),
                fields.text("value"),
                fields.text("domain"),
                fields.flag("hostOnly"),
                fields.text("path"),
                fields.instant("expires"),
                fields.flag("secure"),
                fields.flag("httpOnly"),
                fields.sameSite("sameSite"));
    }

    private record Fields(JsonObject object) {
        String text(String name) {
            if (object.get(name) instanceof JsonPrimitive value && value.isString()) {
                return value.getContent();
            }
            throw new IllegalArgumentException("\"" + name + "\" is no string");
        }

        boolean flag(String name) {
            String content =
                    object.get(name) instanceof JsonPrimitive value && !value.isString() ? value.getContent() : "";
            if (content.equals("true") || content.equals("false")) {
                return content.equals("true");
            }
            throw new IllegalArgumentException("\"" + name + "\" is neither true nor false");
        }

        @Nullable
        Instant instant(String name) {
            try {
                return object.containsKey(name) ? Instant.parse(text(name)) : null;
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("\"" + name + "\" is no instant");
            }
        }

        @Nullable
        SameSite sameSite(String name) {
            if (!object.containsKey(name)) {
                return null;
            }
            String text = text(name);
            for (SameSite known : SameSite.values()) {
                if (known.name().equals(text)) {
                    return known;
                }
            }
            throw new IllegalArgumentException("\"" + name + "\" is none of STRICT, LAX, NONE");
        }
    }
}
