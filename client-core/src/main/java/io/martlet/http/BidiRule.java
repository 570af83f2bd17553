package io.martlet.http;

import java.util.List;

/** The Bidi rule of RFC 5893 §2: a label is not displayed in an order that makes it look like another. */
final class BidiRule {
    private static final int RTL =
            bits(Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
    private static final int LTR = bits(Character.DIRECTIONALITY_LEFT_TO_RIGHT);
    private static final int ARABIC_NUMBER = bits(Character.DIRECTIONALITY_ARABIC_NUMBER);
    private static final int EUROPEAN_NUMBER = bits(Character.DIRECTIONALITY_EUROPEAN_NUMBER);
    private static final int NEUTRAL = bits(
            Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
            Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
            Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
            Character.DIRECTIONALITY_OTHER_NEUTRALS,
            Character.DIRECTIONALITY_BOUNDARY_NEUTRAL,
            Character.DIRECTIONALITY_NONSPACING_MARK);
    private static final int NUMBERS = ARABIC_NUMBER | EUROPEAN_NUMBER;

    private BidiRule() {}

    /** Checks all labels if one of them has a character that is written from right to left. */
    static void check(List<String> labels) {
        boolean applies = labels.stream().anyMatch(label -> (directions(label) & (RTL | ARABIC_NUMBER)) != 0);
        if (applies && !labels.stream().allMatch(label -> label.isEmpty() || isFine(label))) {
            throw new UrlSyntaxException("its host mixes writing directions");
        }
    }

    private static boolean isFine(String label) {
        int first = bits(Character.getDirectionality(label.codePointAt(0)));
        int all = directions(label);
        int last = last(label);
        if ((first & RTL) != 0) {
            return (all & ~(RTL | NUMBERS | NEUTRAL)) == 0
                    && (last & (RTL | NUMBERS)) != 0
                    && (all & NUMBERS) != NUMBERS;
        }
        return (first & LTR) != 0
                && (all & ~(LTR | EUROPEAN_NUMBER | NEUTRAL)) == 0
                && (last & (LTR | EUROPEAN_NUMBER)) != 0;
    }

    private static int directions(String label) {
        return label.codePoints().map(c -> bits(Character.getDirectionality(c))).reduce(0, (a, b) -> a | b);
    }

    /** Direction of the last character that is no mark. */
    private static int last(String label) {
        int end = label.length();
        while (end > 0) {
            int c = label.codePointBefore(end);
            byte direction = Character.getDirectionality(c);
            if (direction != Character.DIRECTIONALITY_NONSPACING_MARK) {
                return bits(direction);
            }
            end -= Character.charCount(c);
        }
        return 0;
    }

    private static int bits(byte... directions) {
        int bits = 0;
        for (byte direction : directions) {
            bits |= 1 << direction;
        }
        return bits;
    }
}
