package io.martlet.internal.rate;

import io.martlet.http.Headers;
import io.martlet.http.Status;
import io.martlet.retry.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a response say of the server's limits. They are hints: what is malformed is as if it were not there.
 *
 * @param pause how long no request is wanted: {@code Retry-After} of 429 and 503
 * @param left  how many requests are left until when
 */
record RateFields(@Nullable Duration pause, @Nullable Quota left) {
    /**
     * What is left of a window.
     *
     * @param remaining how many requests may still be made
     * @param reset     how long until there are new ones
     * @param limit     how many a whole window has; 0 if that is not known
     * @param window    how long a whole window is; null if that is not known
     */
    record Quota(
            long remaining,
            Duration reset,
            long limit,
            @Nullable Duration window) {
        private boolean isTighterThan(@Nullable Quota other) {
            return other == null
                    || remaining < other.remaining
                    || remaining == other.remaining && reset.compareTo(other.reset) > 0;
        }
    }

    /** Members of a list, strings and all (RFC 9651 §3.1). A string that does not end takes the rest: nothing is read twice. */
    private static final Pattern MEMBER = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*+\"?+|[^\",])++");

    private static final Pattern PARAMETER = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*+\"?+|[^\";])++");

    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,15})(?:\\.[0-9]{0,9})?");

    /** Of one family of fields each. {@code RateLimit-} is that of earlier drafts. */
    private static final List<String> PREFIXES = List.of("RateLimit-", "X-RateLimit-", "X-Rate-Limit-");

    /** No delay in seconds is as long, and no date is as early: 2001. */
    private static final double FIRST_EPOCH_SECOND = 1e9;

    private static final double FIRST_EPOCH_MILLI = 1e12;

    static RateFields of(int status, Headers headers, Instant now) {
        return new RateFields(pause(status, headers, now), left(headers, now));
    }

    private static @Nullable Duration pause(int status, Headers headers, Instant now) {
        boolean isMeant = status == Status.TOO_MANY_REQUESTS || status == Status.SERVICE_UNAVAILABLE;
        String value = isMeant ? headers.get("Retry-After") : null;
        return value == null ? null : RetryAfter.parse(value, now);
    }

    private static @Nullable Quota left(Headers headers, Instant now) {
        Quota left = current(headers);
        for (String prefix : PREFIXES) {
            left = left == null ? earlier(headers, prefix, now) : left;
        }
        return left;
    }

    /** {@code RateLimit: "a";r=50;t=30} and {@code RateLimit-Policy: "a";q=100;w=60}: of several the tightest. */
    private static @Nullable Quota current(Headers headers) {
        Map<String, Map<String, String>> policies = members(headers, "RateLimit-Policy");
        Map<String, Map<String, String>> members = members(headers, "RateLimit");
        Quota tightest = inOneDictionary(members);
        for (Map.Entry<String, Map<String, String>> member : members.entrySet()) {
            Map<String, String> policy = policies.getOrDefault(member.getKey(), Map.of());
            Double remaining = number(member.getValue().get("r"));
            Double window = number(policy.get("w"));
            // A server may leave out until when; then it is a window at most.
            Double reset = member.getValue().containsKey("t")
                    ? number(member.getValue().get("t"))
                    : window;
            if (remaining != null && reset != null) {
                Quota quota = quota(remaining, seconds(reset), number(policy.get("q")), window);
                tightest = quota.isTighterThan(tightest) ? quota : tightest;
            }
        }
        return tightest;
    }

    /** {@code RateLimit: limit=100, remaining=50, reset=30}, as the seventh draft had it. */
    private static @Nullable Quota inOneDictionary(Map<String, Map<String, String>> members) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String member : members.keySet()) {
            int equals = member.indexOf('=');
            if (equals > 0) {
                values.put(member.substring(0, equals), member.substring(equals + 1));
            }
        }
        Double remaining = number(values.get("remaining"));
        Double reset = number(values.get("reset"));
        return remaining == null || reset == null
                ? null
                : quota(remaining, seconds(reset), number(values.get("limit")), null);
    }

    /** Three fields, each with a number; {@code Reset} in seconds, or as a Unix time in seconds or milliseconds. */
    private static @Nullable Quota earlier(Headers headers, String prefix, Instant now) {
        Double remaining = firstNumber(headers, prefix + "Remaining");
        Double reset = firstNumber(headers, prefix + "Reset");
        if (remaining == null || reset == null) {
            return null;
        }
        Map<String, Map<String, String>> limits = members(headers, prefix + "Limit");
        Double window = limits.values().stream()
                .findFirst()
                .map(first -> number(first.get("w")))
                .orElse(null);
        return quota(remaining, untilReset(reset, now), firstNumber(headers, prefix + "Limit"), window);
    }

    private static Duration untilReset(double reset, Instant now) {
        if (reset < FIRST_EPOCH_SECOND) {
            return seconds(reset);
        }
        double epochSeconds = reset < FIRST_EPOCH_MILLI ? reset : reset / 1e3;
        return seconds(Math.max(0, epochSeconds - now.getEpochSecond() - now.getNano() / 1e9));
    }

    private static Quota quota(double remaining, Duration reset, @Nullable Double limit, @Nullable Double window) {
        long most = limit == null ? 0 : limit.longValue();
        return new Quota((long) remaining, reset, most, window == null || window == 0 ? null : seconds(window));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofSeconds((long) seconds, Math.round(seconds % 1 * 1e9));
    }

    private static @Nullable Double firstNumber(Headers headers, String name) {
        return members(headers, name).keySet().stream()
                .findFirst()
                .map(RateFields::number)
                .orElse(null);
    }

    private static @Nullable Double number(@Nullable String text) {
        return text != null && NUMBER.matcher(text).matches() ? Double.valueOf(text) : null;
    }

    /** What the members of all fields of that name are, and their parameters. */
    private static Map<String, Map<String, String>> members(Headers headers, String name) {
        List<String> values = headers.getAll(name);
        if (values.isEmpty()) {
            return Map.of();
        }
        Map<String, Map<String, String>> members = new LinkedHashMap<>();
        for (String member : pieces(MEMBER, String.join(",", values))) {
            List<String> parts = pieces(PARAMETER, member);
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String part : parts.subList(Math.min(1, parts.size()), parts.size())) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    parameters.put(part.substring(0, equals), part.substring(equals + 1));
                }
            }
            if (!parts.isEmpty()) {
                members.putIfAbsent(parts.get(0), parameters);
            }
        }
        return members;
    }

    private static List<String> pieces(Pattern pattern, String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            pieces.add(matcher.group().strip());
        }
        return pieces;
    }
}
