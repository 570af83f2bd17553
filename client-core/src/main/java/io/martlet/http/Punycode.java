package io.martlet.http;

/** Punycode, RFC 3492: a label outside ASCII in letters, digits and hyphens. Without the {@code xn--} prefix. */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;

    private Punycode() {}

    /** RFC 3492 §6.3. The host parser's length limit keeps {@code delta} within an int. */
    static String encode(String label) {
        int[] input = label.codePoints().toArray();
        StringBuilder out = new StringBuilder(label.length() + 8);
        label.chars().filter(c -> c < INITIAL_N).forEach(c -> out.append((char) c));
        int basic = out.length();
        if (basic > 0) {
            out.append('-');
        }
        int bias = INITIAL_BIAS;
        int delta = 0;
        int n = INITIAL_N;
        int handled = basic;
        while (handled < input.length) {
            int next = smallestFrom(n, input);
            delta += (next - n) * (handled + 1);
            n = next;
            for (int c : input) {
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    append(delta, bias, out);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return out.toString();
    }

    private static int smallestFrom(int n, int[] input) {
        int smallest = Integer.MAX_VALUE;
        for (int c : input) {
            if (c >= n && c < smallest) {
                smallest = c;
            }
        }
        return smallest;
    }

    private static void append(int delta, int bias, StringBuilder out) {
        int q = delta;
        for (int k = BASE; ; k += BASE) {
            int t = threshold(k, bias);
            if (q < t) {
                out.append(digit(q));
                return;
            }
            out.append(digit(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
        }
    }

    /** RFC 3492 §6.2. */
    static String decode(String encoded) {
        if (!encoded.chars().allMatch(c -> c < INITIAL_N)) {
            throw Idna.invalidLabel();
        }
        int hyphen = encoded.lastIndexOf('-');
        StringBuilder out = new StringBuilder(encoded.substring(0, Math.max(0, hyphen)));
        int bias = INITIAL_BIAS;
        int n = INITIAL_N;
        int i = 0;
        int count = out.length();
        int position = hyphen > 0 ? hyphen + 1 : 0;
        while (position < encoded.length()) {
            int old = i;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = position < encoded.length() ? value(encoded.charAt(position++)) : -1;
                long next = i + digit * weight;
                if (digit < 0 || next > Integer.MAX_VALUE) {
                    throw Idna.invalidLabel();
                }
                i = (int) next;
                int t = threshold(k, bias);
                if (digit < t) {
                    break;
                }
                weight *= BASE - t;
            }
            count++;
            bias = adapt(i - old, count, old == 0);
            n += i / count;
            i %= count;
            if (n < 0 || n > Character.MAX_CODE_POINT) {
                throw Idna.invalidLabel();
            }
            out.insert(out.offsetByCodePoints(0, i), Character.toChars(n));
            i++;
        }
        return out.toString();
    }

    private static int adapt(int delta, int count, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / count;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }

    private static int threshold(int k, int bias) {
        return Math.max(T_MIN, Math.min(T_MAX, k - bias));
    }

    /** a to z are 0 to 25, 0 to 9 are 26 to 35. */
    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int value(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }
}
