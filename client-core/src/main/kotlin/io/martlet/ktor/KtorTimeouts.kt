package io.martlet.ktor

import io.ktor.client.network.sockets.SocketTimeoutException
import io.ktor.client.plugins.ConnectTimeoutException
import io.ktor.client.plugins.HttpRequestTimeoutException
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectTimeoutException
import io.martlet.error.ClientException.ReadTimeoutException
import io.martlet.error.ClientException.TimeoutException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.error.ClientException.WriteTimeoutException
import java.io.IOException

/**
 * The one table from what we throw to what Ktor's users catch and its `HttpRequestRetry` knows as timeouts. All else
 * goes as it is.
 */
internal fun ClientException.asKtorsOwn(): IOException = when (this) {
    is TotalTimeoutException -> HttpRequestTimeoutException(url(), limit().toMillis(), this)
    is ConnectTimeoutException -> ConnectTimeoutException(url(), limit().toMillis(), this)
    is ReadTimeoutException, is WriteTimeoutException -> SocketTimeoutException(message.orEmpty(), this)
    else -> this
}

/** Without what may be secret, which Ktor would print. */
private fun TimeoutException.url() = request()?.url()?.redacted().orEmpty()
