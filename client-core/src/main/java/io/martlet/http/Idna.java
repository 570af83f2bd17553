package io.martlet.http;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * International domain names as the URL standard wants them: UTS #46 ToASCII, non-transitional, without the rules for
 * hyphens, lengths and ASCII punctuation. {@link java.net.IDN} cannot serve: it knows IDNA 2003 only and makes "ss" of
 * "ß".
 *
 * <p>There is no table here. The standard's mapping is derived from properties that the JDK has, lower case and NFKC
 * above all; over all characters that JDK 17 and 25 know the result is that of the table of Unicode 18. Newer
 * characters are refused.
 */
final class Idna {
    private static final String PREFIX = "xn--";

    /** First and last of the ranges that are dropped: default ignorable code points. */
    private static final int[] IGNORED = {
        0xAD, 0xAD, 0x34F, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200B, 0x2060, 0x2064,
        0x206A, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0x1BCA0, 0x1BCA3, 0x1D173,
        0x1D17A, 0xE0100, 0xE01EF
    };

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** Scripts whose letters join their neighbours. */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.NKO,
            UnicodeScript.MANDAIC,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.PHAGS_PA,
            UnicodeScript.MANICHAEAN,
            UnicodeScript.PSALTER_PAHLAVI,
            UnicodeScript.ADLAM,
            UnicodeScript.HANIFI_ROHINGYA);

    private Idna() {}

    /** Labels in lower case, each with anything outside ASCII in its {@code xn--} form. */
    static String toAscii(String domain) {
        List<String> ascii = new ArrayList<>();
        List<String> unicode = new ArrayList<>();
        for (String label : map(domain).split("\\.", -1)) {
            boolean encoded = label.startsWith(PREFIX);
            String decoded = encoded ? decode(label) : label;
            boolean isAscii = decoded.chars().allMatch(c -> c < 0x80);
            if (!isAscii) {
                checkLabel(decoded);
            }
            unicode.add(decoded);
            ascii.add(isAscii || encoded ? label : PREFIX + Punycode.encode(label));
        }
        BidiRule.check(unicode);
        return String.join(".", ascii);
    }

    /** UTS #46 §4, steps 1 and 2. */
    private static String map(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> map(c, out));
        return Normalizer.normalize(out, Normalizer.Form.NFC);
    }

    private static void map(int c, StringBuilder out) {
        if (c < 0x80) {
            out.append((char) Character.toLowerCase(c));
        } else if (c == 0x3002 || c == 0xFF0E || c == 0xFF61) {
            out.append('.'); // the ideographic, fullwidth and halfwidth full stops
        } else if (!isIgnored(c)) {
            StringBuilder folded = new StringBuilder();
            Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD)
                    .codePoints()
                    .forEach(part -> folded.appendCodePoint(part == c ? fold(c) : foldPart(part)));
            String mapped = Normalizer.normalize(folded, Normalizer.Form.NFKC);
            // No other character may separate labels, as U+2025 would, which stands for two full stops.
            if (mapped.indexOf('.') >= 0 || !mapped.codePoints().allMatch(Idna::isValid)) {
                throw new UrlSyntaxException("its host contains " + UrlSyntaxException.name(c));
            }
            out.append(mapped);
        }
    }

    private static boolean isIgnored(int c) {
        for (int i = 0; i < IGNORED.length; i += 2) {
            if (c >= IGNORED[i] && c <= IGNORED[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** Only a final sigma that is written as such stays one. */
    private static int foldPart(int c) {
        return c == 0x3C2 ? 0x3C3 : fold(c);
    }

    /** Simple case folding, which is lower case but for iota subscript, Cherokee, and a few Cyrillic variants. */
    private static int fold(int c) {
        if (c == 0x345) {
            return 0x3B9;
        }
        if (c >= 0x13A0 && c <= 0x13FD || c >= 0xAB70 && c <= 0xABBF) {
            return Character.toUpperCase(c);
        }
        return Character.toLowerCase(c >= 0x1C80 && c <= 0x1C88 ? Character.toUpperCase(c) : c);
    }

    private static boolean isValid(int c) {
        if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) {
            return true;
        }
        if (c == 0x3002 || c >= 0x2FF0 && c <= 0x2FFF || c == 0x31EF || c == 0xFFFC || c == 0xFFFD) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' '; // refused by the host parser, as "a b" is
            default -> true;
        };
    }

    private static String decode(String label) {
        String decoded = Punycode.decode(label.substring(PREFIX.length()));
        if (decoded.chars().allMatch(c -> c < 0x80) || !map(decoded).equals(decoded)) {
            throw invalidLabel();
        }
        return decoded;
    }

    /** UTS #46 §4.1, validity criteria, as far as {@link #map} has not ensured them. */
    private static void checkLabel(String label) {
        int type = Character.getType(label.codePointAt(0));
        boolean mark = type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
        if (mark || label.startsWith(PREFIX)) {
            throw invalidLabel();
        }
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if ((c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) && !joinerAllowed(label, i)) {
                throw new UrlSyntaxException("its host contains " + UrlSyntaxException.name(c));
            }
        }
    }

    /** RFC 5892 appendix A.1 and A.2; the JDK has no joining types, so letters of joining scripts are taken to join. */
    private static boolean joinerAllowed(String label, int index) {
        if (index == 0) {
            return false;
        }
        int before = label.codePointBefore(index);
        boolean between = index + 1 < label.length()
                && label.charAt(index) == ZERO_WIDTH_NON_JOINER
                && JOINING.contains(UnicodeScript.of(before))
                && JOINING.contains(UnicodeScript.of(label.codePointAt(index + 1)));
        return between || isVirama(before);
    }

    /**
     * Whether the canonical combining class is 9. The JDK does not tell it, but normalisation sorts marks by it: a
     * virama goes behind U+3099, of class 8, and before U+05B0, of class 10.
     */
    private static boolean isVirama(int c) {
        String mark = Character.toString(c);
        return Normalizer.normalize(mark + '\u3099', Normalizer.Form.NFD).equals('\u3099' + mark)
                && Normalizer.normalize('\u05B0' + mark, Normalizer.Form.NFD).equals(mark + '\u05B0')
                && c != '\u3099'
                && c != '\u05B0';
    }

    static UrlSyntaxException invalidLabel() {
        return new UrlSyntaxException("its host is no valid international domain name");
    }
}
