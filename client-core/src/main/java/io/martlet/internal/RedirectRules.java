package io.martlet.internal;

import io.martlet.error.ClientException;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.error.ClientException.PayloadException;
import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import io.martlet.http.Status;
import io.martlet.http.Url;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a redirect asks for, RFC 9110 §15.4. */
public final class RedirectRules {
    private static final List<String> CONTENT_HEADERS =
            List.of("Content-Type", "Content-Encoding", "Content-Language", "Content-Location", "Content-Length");

    private RedirectRules() {}

    /** Where a response asks to go on; null if it does not, or says nothing of where. */
    public static @Nullable String location(int status, Headers headers) {
        if (!Status.isRedirect(status)) {
            return null;
        }
        String location = headers.get("Location");
        return location == null || location.isBlank() ? null : location;
    }

    /**
     * The request that follows {@code request} to {@code location}.
     *
     * @throws InvalidUrlException if {@code location} cannot be requested, or leaves https where this is not to be followed
     * @throws PayloadException if the body would have to be sent again and cannot be
     */
    public static ClientRequest follow(ClientRequest request, int status, String location) throws ClientException {
        Url target = target(request, location);
        if (request.url().isSecure() && !target.isSecure() && !request.options().followDowngrades()) {
            throw new InvalidUrlException(request, target.redacted(), "it is not https (followDowngrades = false)");
        }
        ClientRequest.Builder next = request.toBuilder().url(target);
        if (becomesGet(request.method(), status)) {
            next.method(Method.GET).withoutBody();
            CONTENT_HEADERS.forEach(next.headers()::remove);
        } else if (!request.body().isReplayable()) {
            throw new PayloadException(
                    request, "the redirect wants the body again, and it can be sent only once", null);
        }
        if (!target.sameOrigin(request.url())) {
            ClientRequest.CREDENTIAL_HEADERS.forEach(next.headers()::remove);
            next.cookies().clear();
            next.options().auth(null);
        }
        // The header that the caller set was for the first host.
        next.headers().remove("Host");
        if (target.username() != null) {
            next.headers().remove("Authorization");
            next.options().auth(null);
        }
        return build(next, request, target);
    }

    private static ClientRequest build(ClientRequest.Builder next, ClientRequest from, Url target)
            throws InvalidUrlException {
        try {
            return next.build();
        } catch (IllegalArgumentException e) {
            // Only its user and password are new: no fault of the caller's.
            throw new InvalidUrlException(from, target.redacted(), e.getMessage());
        }
    }

    private static Url target(ClientRequest request, String location) throws InvalidUrlException {
        try {
            Url target = request.url().resolve(location);
            // RFC 9110 §10.2.2: a target without a fragment inherits the one of the request.
            return target.fragment() == null ? target.withFragment(request.url().fragment()) : target;
        } catch (InvalidUrlException e) {
            throw new InvalidUrlException(request, e.url(), e.reason());
        }
    }

    /** RFC 9110 §15.4.4: 303 turns every method but HEAD into GET; §15.4.2 and §15.4.3: 301 and 302 do it to POST. */
    private static boolean becomesGet(Method method, int status) {
        return switch (status) {
            case Status.SEE_OTHER -> !method.equals(Method.HEAD) && !method.equals(Method.GET);
            case Status.MOVED_PERMANENTLY, Status.FOUND -> method.equals(Method.POST);
            default -> false;
        };
    }
}
