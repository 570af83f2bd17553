package io.martlet.samples.flink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text in UTF-8, without the blanks around them, blank lines and those that begin with {@code #}. Of a
 * line that is longer than any URL, {@link #MAX_LINE_CHARS} characters and one more are taken, so that it shows. A file
 * is read from its beginning again when a job goes on, up to the line that the checkpoint counts.
 */
final class UrlLineFormat extends SimpleStreamFormat<String> {
    /** What is longer is no URL, and does not belong into memory. */
    static final int MAX_LINE_CHARS = 64 * 1024;

    private static final long serialVersionUID = 1L;

    @Override
    public StreamFormat.Reader<String> createReader(Configuration config, FSDataInputStream stream) {
        return new Lines(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    private static final class Lines implements StreamFormat.Reader<String> {
        private static final char BYTE_ORDER_MARK = '\ufeff';

        private final BufferedReader text;
        private boolean isAtStart = true;

        Lines(BufferedReader text) {
            this.text = text;
        }

        /** The next line that counts; null at the end. */
        @Override
        public @Nullable String read() throws IOException {
            String line = next();
            while (line != null && (line.isEmpty() || line.startsWith("#"))) {
                line = next();
            }
            return line;
        }

        private @Nullable String next() throws IOException {
            StringBuilder line = new StringBuilder();
            int c = text.read();
            if (c == BYTE_ORDER_MARK && isAtStart) {
                c = text.read();
            }
            isAtStart = false;
            if (c < 0) {
                return null;
            }
            while (c >= 0 && c != '\n') {
                if (line.length() <= MAX_LINE_CHARS) {
                    line.append((char) c);
                }
                c = text.read();
            }
            // Blanks at the end of what was cut must not make it look whole.
            return line.length() > MAX_LINE_CHARS
                    ? line.toString()
                    : line.toString().strip();
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }
}
