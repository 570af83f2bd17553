package io.martlet.internal.middleware

import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.error.ClientException.PayloadException
import io.martlet.http.ClientRequest
import io.martlet.http.Method
import io.martlet.http.Status
import io.martlet.http.StreamingResponse
import io.martlet.internal.coding.ContentCoding
import io.martlet.internal.coding.ContentDecoder
import io.martlet.internal.coding.CorruptContentException

/** Asks for compressed bodies and undoes what `Content-Encoding` names, where `decompress` says so. Fields stay. */
internal object Decompression : Middleware {
    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        if (!request.options.decompress) return next.execute(request)
        val response = next.execute(asking(request))
        if (!response.headers.contains("Content-Encoding") || !mayBeDecoded(response)) return response
        val decoder = decoder(response) ?: return response
        return response.with(source = DecodedBody(response.request, response.source, decoder))
    }

    /** A part of an encoded body could not be decoded, so that whoever asks for a range is left alone. */
    private fun asking(request: ClientRequest): ClientRequest {
        val headers = request.headers
        val isOthers = headers.contains("Accept-Encoding") || headers.contains("Range")
        if (isOthers || "Accept-Encoding" in request.options.skipAutoHeaders) return request
        return request.withHeaders(headers.plus("Accept-Encoding", ContentCoding.OFFERED))
    }

    private fun mayBeDecoded(response: StreamingResponse): Boolean {
        val isWhole = response.status != Status.PARTIAL_CONTENT && !Status.isBodiless(response.status)
        return isWhole && response.request.method != Method.HEAD
    }

    private fun decoder(response: StreamingResponse): ContentDecoder? = try {
        ContentCoding.decoderFor(response.headers.getAll("Content-Encoding"))
    } catch (e: CorruptContentException) {
        response.close()
        throw PayloadException(response.request, "the body cannot be decoded: ${e.message}", e)
    }
}
