package io.martlet.samples.fetch.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file that is complete in itself: it loads nothing, and runs no script and no style but its own, which its policy names
 * by their digests.
 */
final class Page {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private final String title;
    private final Markup content;

    Page(String title, Markup content) {
        this.title = title;
        this.content = content;
    }

    void write(OutputStream out, TableData data) throws IOException {
        String template = resource("page.html");
        String style = resource("page.css");
        String script = resource("page.js");
        String policy = "default-src 'none'; script-src " + digest(script) + "; style-src " + digest(style)
                + "; img-src data:; base-uri 'none'; form-action 'none'";
        Matcher place = PLACE.matcher(template);
        int from = 0;
        while (place.find()) {
            write(out, template.substring(from, place.start()));
            switch (place.group(1)) {
                case "policy" -> write(out, new Markup().text(policy).toString());
                case "title" -> write(out, new Markup().text(title).toString());
                case "style" -> write(out, style);
                case "content" -> write(out, content.toString());
                case "data" -> data.writeTo(out);
                case "script" -> write(out, script);
                default -> throw new IllegalStateException("No such place: " + place.group());
            }
            from = place.end();
        }
        write(out, template.substring(from));
    }

    private static void write(OutputStream out, String text) throws IOException {
        // A lone surrogate becomes a question mark.
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
