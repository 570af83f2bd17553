package io.martlet.ktor

import io.ktor.client.engine.okhttp.OkHttp
import io.martlet.contract.Gap
import io.martlet.contract.KotlinFace
import io.martlet.contract.SessionContract
import io.martlet.engine.EngineFactory
import okhttp3.Dispatcher
import java.time.Duration

/** The contract over [KtorEngine] with Ktor's engine of OkHttp: one more carrier, to keep the bridge general. */
class OkHttpSessionContractTest : SessionContract() {
    override val face = KotlinFace(EngineFactory { KtorEngine(okHttp(), it) }, GAPS)

    /** Without OkHttp's own limits and repetitions. */
    private fun okHttp() = OkHttp.create {
        config {
            retryOnConnectionFailure(false)
            readTimeout(Duration.ZERO)
            writeTimeout(Duration.ZERO)
            val unlimited = Dispatcher()
            unlimited.maxRequests = Int.MAX_VALUE
            unlimited.maxRequestsPerHost = Int.MAX_VALUE
            dispatcher(unlimited)
        }
    }

    private companion object {
        val GAPS = setOf(
            Gap.REPEATED_REQUEST_HEADERS,
            Gap.MALFORMED_ESCAPES,
            Gap.TRAILER_FIELDS,
            Gap.OWN_FIELDS,
            Gap.AUTO_HEADERS,
            Gap.LATIN_1,
            Gap.LATE_REUSE,
            Gap.GET_WITH_BODY,
            Gap.OPTIONS_WITHOUT_BODY,
            Gap.HEADER_VALUES,
            Gap.EARLY_BYTES,
        )
    }
}
