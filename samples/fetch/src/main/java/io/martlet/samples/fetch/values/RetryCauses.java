package io.martlet.samples.fetch.values;

import io.martlet.error.ClientException;
import io.martlet.error.ClientException.ConnectorException;
import io.martlet.error.ClientException.ServerDisconnectedException;
import io.martlet.error.ClientException.TimeoutException;
import io.martlet.error.ClientException.TruncatedBodyException;
import io.martlet.retry.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a {@link RetryPolicy} of {@code 429,503,timeout}. */
public final class RetryCauses {
    private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d");

    private RetryCauses() {}

    /** Up to {@code retries} more tries of what {@code causes} names; null for what the library holds to be transient. */
    public static RetryPolicy policy(int retries, String option, @Nullable String causes) {
        RetryPolicy.Builder policy = RetryPolicy.builder().maxAttempts(retries + 1);
        if (causes == null) {
            return policy.build();
        }
        List<Integer> statuses = new ArrayList<>();
        Predicate<ClientException> failures = failure -> false;
        for (String cause : causes.split(",", -1)) {
            if (STATUS.matcher(cause).matches()) {
                statuses.add(Integer.valueOf(cause));
            } else {
                failures = failures.or(failure(option, cause, causes));
            }
        }
        return policy.statuses(statuses.stream().mapToInt(Integer::intValue).toArray())
                .failures(failures.and(RetryPolicy::isTransient))
                .build();
    }

    private static Predicate<ClientException> failure(String option, String cause, String all) {
        return switch (cause) {
            case "connect" -> failure -> failure instanceof ConnectorException;
            case "disconnect" -> failure -> failure instanceof ServerDisconnectedException;
            case "timeout" -> failure -> failure instanceof TimeoutException;
            case "truncated" -> failure -> failure instanceof TruncatedBodyException;
            default ->
                throw OptionException.of(
                        option,
                        "must be statuses, connect, disconnect, timeout or truncated, separated by commas, but was '"
                                + all + "'");
        };
    }
}
