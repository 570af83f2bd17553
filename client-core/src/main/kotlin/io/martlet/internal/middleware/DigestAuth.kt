package io.martlet.internal.middleware

import io.martlet.auth.Digest
import io.martlet.body.BytesBody
import io.martlet.body.RequestBody
import io.martlet.body.SourceBody
import io.martlet.engine.Engine
import io.martlet.error.ClientException
import io.martlet.error.ClientException.RequestBodyException
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import io.martlet.internal.auth.DigestAlgorithm
import io.martlet.internal.auth.DigestAuthenticator
import io.martlet.internal.auth.DigestSpaces
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.security.MessageDigest
import java.security.SecureRandom
import java.util.function.Supplier

/** Answers Digest challenges, and sends the answer at once where it is known. What to answer, [DigestSpaces] decides. */
internal class DigestAuth(cnonces: Supplier<String> = RandomNonces) {
    private val spaces = DigestSpaces(cnonces)

    suspend fun send(request: ClientRequest, credentials: Digest, next: Engine): StreamingResponse {
        var answer = spaces.knownFor(request.url, credentials)?.takeIf { it.canBeSentWith(request.body) }
        var answered = 0
        while (true) {
            val response = next.execute(request.authorizedBy(answer?.authorizationFor(request)))
            answer?.let { spaces.heard(response.headers, request.url, credentials, it) }
            answer = spaces.answerTo(response.status, response.headers, request.url, credentials, answered++)
            if (answer == null || !request.body.isReplayable) return response
            response.close()
        }
    }

    private fun DigestAuthenticator.canBeSentWith(body: RequestBody) = !needsBodyHash() || body.isReplayable

    private suspend fun DigestAuthenticator.authorizationFor(request: ClientRequest): String {
        val bodyHash = if (needsBodyHash()) hashOfBody(request) else ""
        return authorization(request.method.toString(), request.url.requestTarget(), bodyHash)
    }

    private suspend fun DigestAuthenticator.hashOfBody(request: ClientRequest): String {
        val hash = challenge().algorithm().newDigest()
        try {
            // It may be long, and here may be a thread that moves bytes.
            withContext(Dispatchers.Default) { hash.update(request.body) }
        } catch (e: CancellationException) {
            throw e
        } catch (e: ClientException) {
            throw e
        } catch (e: Exception) {
            throw RequestBodyException(request, "it could not be read for its hash", e)
        }
        return DigestAlgorithm.hex(hash.digest())
    }

    private suspend fun MessageDigest.update(body: RequestBody) = when (body) {
        is BytesBody -> update(body.bytes)
        is SourceBody -> body.source.get().use { while (true) update(it.read() ?: break) }
    }

    private object RandomNonces : Supplier<String> {
        private const val BYTES = 16

        /** Made with the first challenge: most sessions see none, and it takes milliseconds. */
        private val random by lazy { SecureRandom() }

        override fun get(): String = DigestAlgorithm.hex(ByteArray(BYTES).also { random.nextBytes(it) })
    }
}
