package io.martlet.samples.fetch.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** HTML or SVG, put together of elements and texts; whatever they say is escaped, so that none can be more than a text. */
final class Markup {
    private final StringBuilder markup = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element; {@code attributes} are names and values by turns. */
    Markup open(String tag, Object... attributes) {
        begin(tag, attributes);
        markup.append('>');
        open.push(tag);
        return this;
    }

    /** Ends the element that was begun last. */
    Markup close() {
        markup.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element without content that needs no end in HTML. */
    Markup empty(String tag, Object... attributes) {
        begin(tag, attributes);
        markup.append("/>");
        return this;
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    /** An element that holds a text. */
    Markup element(String tag, String text, Object... attributes) {
        begin(tag, attributes);
        markup.append('>');
        escape(text);
        markup.append("</").append(tag).append('>');
        return this;
    }

    private void begin(String tag, Object... attributes) {
        markup.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            markup.append(' ').append(attributes[i]).append("=\"");
            escape(value instanceof Double number ? Units.plain(number) : String.valueOf(value));
            markup.append('"');
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> markup.append("&lt;");
                case '>' -> markup.append("&gt;");
                case '&' -> markup.append("&amp;");
                case '"' -> markup.append("&quot;");
                case '\'' -> markup.append("&#39;");
                default -> markup.append(c);
            }
        }
    }

    /** All of it; what was begun has to be ended. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return markup.toString();
    }
}
