package io.martlet.auth

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.future.future

/**
 * Bearer tokens that [refresh] gets: once the [first] is refused, or before the first request if there is none.
 *
 * [refresh] is asked once for all that wait, on [Dispatchers.Default], and goes on if those who wait are cancelled. Its own
 * requests should go through another session, or set another `auth`.
 *
 * @throws IllegalArgumentException if [first] is no token68 (RFC 6750 §2.1)
 */
public fun BearerTokens(first: String? = null, refresh: suspend () -> String): BearerTokens {
    val scope = CoroutineScope(Dispatchers.Default)
    val refreshing = { scope.future { refresh() } }
    return if (first == null) BearerTokens.refreshedBy(refreshing) else BearerTokens.startingWith(first, refreshing)
}
