package io.martlet.samples.bench.worker;

/** One JSON object on one line, written without a library that would be measured along. */
final class JsonLine {
    private final StringBuilder text = new StringBuilder("{");

    JsonLine with(String name, long value) {
        name(name).append(value);
        return this;
    }

    JsonLine with(String name, String value) {
        StringBuilder string = name(name).append('"');
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                string.append('\\').append(c);
            } else {
                string.append(c < ' ' ? ' ' : c);
            }
        }
        string.append('"');
        return this;
    }

    private StringBuilder name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        return text.append('"').append(name).append("\":");
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
