package io.martlet.samples.fetch.values;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.martlet.body.Multipart;
import io.martlet.body.RequestBody;
import io.martlet.http.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Makes the body of all requests out of what is given for it. No message shows the text, which may hold a password. */
public final class BodyValues {
    private BodyValues() {}

    /** The text, or the file that is named behind an at sign. */
    public static RequestBody data(String option, String text) {
        try {
            return text.startsWith("@") ? RequestBody.file(file(option, text)) : RequestBody.text(text);
        } catch (IOException e) {
            throw OptionException.of(option, "cannot read '" + text.substring(1) + "'", e);
        } catch (IllegalArgumentException e) {
            throw OptionException.of(option, String.valueOf(e.getMessage()));
        }
    }

    /** The text as it is, if it is one JSON value. */
    public static RequestBody json(String option, String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            if (parser.nextToken() == null) {
                throw OptionException.of(option, "must be JSON, and is empty");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw OptionException.of(option, "must be JSON, and is more than one value");
            }
            return RequestBody.text(text, MediaType.JSON);
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            if (place == null) {
                throw OptionException.of(option, "must be JSON, and is too deep, or too long");
            }
            String shown = "column " + place.getColumnNr() + " of line " + place.getLineNr();
            throw OptionException.of(option, "must be JSON, and is not, as " + shown + " shows");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parts in their order: {@code name=value}, or {@code name=@file}. */
    public static RequestBody form(String option, List<String> parts) {
        Multipart.Builder form = Multipart.formData();
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw OptionException.of(option, "must be NAME=VALUE or NAME=@FILE, and has no name or no equals sign");
            }
            addPart(form, option, part.substring(0, equals), part.substring(equals + 1));
        }
        return form.build().toBody();
    }

    private static void addPart(Multipart.Builder form, String option, String name, String value) {
        try {
            if (value.startsWith("@")) {
                form.file(name, file(option, value));
            } else {
                form.field(name, value);
            }
        } catch (IOException e) {
            throw OptionException.of(option, "cannot read '" + value.substring(1) + "'", e);
        } catch (IllegalArgumentException e) {
            throw OptionException.of(option, String.valueOf(e.getMessage()));
        }
    }

    /** The file behind the at sign, which has to be one that can be read again for each request. */
    private static Path file(String option, String text) throws IOException {
        Path file = path(option, text.substring(1));
        Files.size(file); // tells what is not there
        if (!Files.isRegularFile(file)) {
            throw OptionException.of(option, "'" + file + "' is no regular file");
        }
        if (!Files.isReadable(file)) {
            throw OptionException.of(option, "cannot read '" + file + "': access denied");
        }
        return file;
    }

    /** The path of a file that an option names. */
    public static Path path(String option, String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw OptionException.of(option, "'" + name + "' is no name of a file: " + e.getReason());
        }
    }
}
