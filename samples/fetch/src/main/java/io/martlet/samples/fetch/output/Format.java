package io.martlet.samples.fetch.output;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How results are printed. */
public enum Format {
    TABLE,
    JSONL,
    CSV;

    /** Reads the name as it is written on the command line. */
    public static final class Reader implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            for (Format format : values()) {
                if (format.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return format;
                }
            }
            throw new TypeConversionException("must be table, jsonl or csv but was '" + text + "'");
        }
    }
}
