package io.martlet.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.martlet.body.JsonValue.JsonArray;
import io.martlet.body.JsonValue.JsonBoolean;
import io.martlet.body.JsonValue.JsonNull;
import io.martlet.body.JsonValue.JsonNumber;
import io.martlet.body.JsonValue.JsonObject;
import io.martlet.body.JsonValue.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads JSON as RFC 8259 writes it, and nothing else. Its errors say where, and quote nothing. */
final class JsonParser {
    /** As Gson has it: a level may take a kilobyte of stack, and deeper ones are made to fill it. */
    private static final int MAX_DEPTH = 255;

    /** As Jackson has it: what computes with a number takes time by the square of its length. */
    private static final int MAX_NUMBER = 1000;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");

    private final String text;
    private int at;
    private int depth;

    private JsonParser(String text) {
        this.text = text;
    }

    static JsonValue parse(String text) {
        JsonParser parser = new JsonParser(text);
        JsonValue value = parser.value();
        parser.skipBlanks();
        if (parser.at < text.length()) {
            throw parser.fault("the end was expected");
        }
        return value;
    }

    static JsonValue parse(byte[] utf8) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            // RFC 8259 §8.1: parsers may ignore a byte order mark.
            return parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("No JSON: it is not in UTF-8 (RFC 8259 §8.1)", e);
        }
    }

    static void checkNumber(String literal) {
        if (literal.length() > MAX_NUMBER) {
            throw new IllegalArgumentException(
                    "The number has " + literal.length() + " characters; most are " + MAX_NUMBER);
        }
        if (!NUMBER.matcher(literal).matches()) {
            throw new IllegalArgumentException("It is no number of JSON (RFC 8259 §6)");
        }
    }

    private JsonValue value() {
        skipBlanks();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new JsonString(string());
            case 't' -> literal("true", new JsonBoolean(true));
            case 'f' -> literal("false", new JsonBoolean(false));
            case 'n' -> literal("null", new JsonNull());
            default -> number();
        };
    }

    private JsonValue object() {
        enter();
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        if (!closes('}')) {
            do {
                skipBlanks();
                String name = string();
                skipBlanks();
                expect(':');
                fields.put(name, value());
            } while (goesOn('}'));
        }
        depth--;
        return new JsonObject(fields);
    }

    private JsonValue array() {
        enter();
        List<JsonValue> elements = new ArrayList<>();
        if (!closes(']')) {
            do {
                elements.add(value());
            } while (goesOn(']'));
        }
        depth--;
        return new JsonArray(elements);
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw fault("it is nested more than " + MAX_DEPTH + " deep");
        }
        at++;
    }

    private boolean closes(char end) {
        skipBlanks();
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    private boolean goesOn(char end) {
        if (closes(end)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() {
        expect('"');
        int start = at;
        StringBuilder unescaped = null;
        while (true) {
            char c = next();
            if (c == '"') {
                String rest = text.substring(start, at - 1);
                return unescaped == null ? rest : unescaped.append(rest).toString();
            }
            if (c < ' ') {
                at--;
                throw fault("a string holds a control character");
            }
            if (c == '\\') {
                unescaped = unescaped == null ? new StringBuilder() : unescaped;
                unescaped.append(text, start, at - 1).append(escaped());
                start = at;
            }
        }
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hexDigit() << 12 | hexDigit() << 8 | hexDigit() << 4 | hexDigit());
            default -> {
                at--;
                throw fault("there is no such escape");
            }
        };
    }

    private int hexDigit() {
        char c = next();
        // Character.digit takes digits of other scripts too.
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            at--;
            throw fault("a hexadecimal digit was expected");
        }
        return digit;
    }

    private JsonValue literal(String name, JsonValue value) {
        if (!text.startsWith(name, at)) {
            throw fault("a value was expected");
        }
        at += name.length();
        return value;
    }

    private JsonValue number() {
        int end = at;
        while (end < text.length() && "+-.0123456789eE".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        if (end == at) {
            throw fault("a value was expected");
        }
        try {
            JsonValue number = new JsonNumber(text.substring(at, end));
            at = end;
            return number;
        } catch (IllegalArgumentException e) {
            throw fault(e.getMessage());
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char expected) {
        if (peek() != expected) {
            throw fault("'" + expected + "' was expected");
        }
        at++;
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private char peek() {
        if (at >= text.length()) {
            throw fault("it ends too early");
        }
        return text.charAt(at);
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("No JSON at character " + (at + 1) + ": " + what);
    }
}
