package io.martlet.internal;

import io.martlet.cookie.Cookie;
import io.martlet.http.ClientRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** Which cookies a request sends, where several have something to say, as in aiohttp. */
public final class CookieRules {
    private CookieRules() {}

    /**
     * {@code request} with one {@code Cookie} field: what its own said, then {@code fromJar}, then its
     * {@link ClientRequest#cookies}. Of cookies with one name the later of these three goes; of {@code fromJar} all do.
     */
    public static ClientRequest withCookies(ClientRequest request, List<Cookie> fromJar) {
        if (fromJar.isEmpty() && request.cookies().isEmpty()) {
            return request;
        }
        ClientRequest.Builder next = request.toBuilder();
        next.headers().set("Cookie", fieldValue(request, fromJar));
        return next.build();
    }

    private static String fieldValue(ClientRequest request, List<Cookie> fromJar) {
        StringJoiner field = new StringJoiner("; ");
        Set<String> later = new HashSet<>(request.cookies().keySet());
        fromJar.forEach(cookie -> later.add(cookie.name()));
        for (String value : request.headers().getAll("Cookie")) {
            addPairs(value, later, field);
        }
        for (Cookie cookie : fromJar) {
            if (!request.cookies().containsKey(cookie.name())) {
                field.add(cookie.name() + '=' + cookie.value());
            }
        }
        if (!request.cookies().isEmpty()) {
            field.add(Cookie.fieldValue(request.cookies()));
        }
        return field.toString();
    }

    /** Adds the pairs of a field's {@code value}, as they are written, but for those whose names are among {@code later}. */
    private static void addPairs(String value, Set<String> later, StringJoiner field) {
        for (String part : value.split(";")) {
            String pair = part.strip();
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()
                    && !(equals >= 0 && later.contains(pair.substring(0, equals).strip()))) {
                field.add(pair);
            }
        }
    }
}
