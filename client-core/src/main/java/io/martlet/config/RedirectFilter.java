package io.martlet.config;

import io.martlet.error.ClientException;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;

/** Sees each redirect before it is followed, and may refuse it. */
@FunctionalInterface
public interface RedirectFilter {
    /** Refuses none. */
    RedirectFilter ALL = (redirect, next) -> true;

    /**
     * {@return whether to go on with {@code next}; if not, {@code redirect} is the response}
     *
     * <p>Called for each hop, before anything is sent there, where the request runs: it must not wait. What it throws is the
     * failure of the request.
     *
     * @param redirect the response that redirects, without its body; its history holds the redirects before it
     * @param next     the request that would follow: method, body and credentials are as they would be sent
     * @throws ClientException to fail the request instead of answering
     */
    boolean follows(ClientResponse redirect, ClientRequest next) throws ClientException;
}
