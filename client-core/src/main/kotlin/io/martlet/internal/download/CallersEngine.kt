package io.martlet.internal.download

import io.martlet.engine.Engine
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import kotlinx.coroutines.withContext
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * [engine], for one who works elsewhere than its caller: middlewares, cookie jars and predicates run on the caller's
 * dispatcher, as with any other request.
 *
 * @param caller the context of the call
 */
internal class CallersEngine(private val engine: Engine, caller: CoroutineContext) : Engine {
    private val place: CoroutineContext = caller[ContinuationInterceptor] ?: EmptyCoroutineContext

    override suspend fun execute(request: ClientRequest): StreamingResponse {
        // Who is cancelled on the way back does not get it.
        var lost: StreamingResponse? = null
        try {
            val response = withContext(place) { engine.execute(request).also { lost = it } }
            lost = null
            return response
        } finally {
            lost?.close()
        }
    }
}
