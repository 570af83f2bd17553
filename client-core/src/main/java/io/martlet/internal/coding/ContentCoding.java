package io.martlet.internal.coding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The content codings that can be undone here (RFC 9110 §8.4.1), in the order in which they are offered. */
public enum ContentCoding {
    GZIP("gzip", GzipDecoder::new),
    DEFLATE("deflate", DeflateDecoder::new),
    BROTLI("br", BrotliDecoder::new),
    ZSTD("zstd", ZstdDecoder::new);

    private static final int MOST_AT_ONCE = 5;

    private static final List<ContentCoding> AVAILABLE =
            Arrays.stream(values()).filter(ContentCoding::works).toList();

    /** Value of {@code Accept-Encoding} that asks for any of those whose library is on the class path. */
    public static final String OFFERED =
            AVAILABLE.stream().map(coding -> coding.token).collect(Collectors.joining(", "));

    private final String token;
    private final Supplier<ContentDecoder> decoder;

    ContentCoding(String token, Supplier<ContentDecoder> decoder) {
        this.token = token;
        this.decoder = decoder;
    }

    /** The libraries are optional, and each needs a part in the machine's own language. */
    private boolean works() {
        try {
            decoder.get().close();
            return true;
        } catch (LinkageError | RuntimeException missing) {
            return false;
        }
    }

    /**
     * What undoes all codings of a body.
     *
     * @param contentEncoding the values of {@code Content-Encoding}, of each field one
     * @return null where there is nothing to undo: no coding, or one among them that is not known here
     * @throws CorruptContentException if there are more than five codings
     */
    public static @Nullable ContentDecoder decoderFor(List<String> contentEncoding) throws CorruptContentException {
        List<String> tokens = tokens(contentEncoding);
        if (tokens.size() > MOST_AT_ONCE) {
            throw new CorruptContentException(
                    "it has " + tokens.size() + " content codings, at most " + MOST_AT_ONCE + " are undone");
        }
        List<ContentCoding> codings = new ArrayList<>(tokens.size());
        for (String token : tokens) {
            ContentCoding coding = known(token);
            if (coding == null) {
                return null;
            }
            codings.add(coding);
        }
        return chain(codings);
    }

    private static List<String> tokens(List<String> contentEncoding) {
        return contentEncoding.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .filter(token -> !token.isEmpty() && !token.equals("identity"))
                .toList();
    }

    private static @Nullable ContentCoding known(String token) {
        for (ContentCoding coding : AVAILABLE) {
            if (token.equals(coding.token)) {
                return coding;
            }
        }
        // RFC 9110 §8.4.1.3
        return token.equals("x-gzip") ? GZIP : null;
    }

    /** RFC 9110 §8.4: they were applied in the order of the list, so the last one is undone first. */
    private static @Nullable ContentDecoder chain(List<ContentCoding> codings) {
        ContentDecoder all = null;
        for (int i = codings.size() - 1; i >= 0; i--) {
            ContentDecoder next = codings.get(i).decoder.get();
            all = all == null ? next : new DecoderChain(all, next);
        }
        return all;
    }
}
