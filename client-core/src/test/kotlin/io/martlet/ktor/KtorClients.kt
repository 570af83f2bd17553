package io.martlet.ktor

import io.ktor.client.HttpClient
import io.ktor.client.HttpClientConfig
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking

/** Runs [test] with a client of Ktor's over [Martlet], in real time and over real sockets; closes the client. */
internal fun withKtor(
    configure: HttpClientConfig<MartletEngineConfig>.() -> Unit = {},
    test: suspend CoroutineScope.(HttpClient) -> Unit,
) = runBlocking {
    HttpClient(Martlet, configure).use { test(it) }
}

/** Runs [action] beside the test; what it throws is a result too. */
internal fun <T> CoroutineScope.beside(action: suspend () -> T): Deferred<Result<T>> =
    async(Dispatchers.Default) { runCatching { action() } }
