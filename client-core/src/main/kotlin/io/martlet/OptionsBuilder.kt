package io.martlet

import io.martlet.auth.Authentication
import io.martlet.body.JsonCodec
import io.martlet.config.ClientTimeout
import io.martlet.config.MartletDsl
import io.martlet.config.RedirectFilter
import io.martlet.config.RequestOptions
import io.martlet.config.TimeoutBuilder
import io.martlet.retry.RetryPolicy

/**
 * The [RequestOptions] as properties: a session sets them for all its requests, and each request may override them.
 *
 * In a session they start with the defaults named here, in a request with those of its session.
 */
@MartletDsl
public abstract class OptionsBuilder internal constructor(private val options: RequestOptions.Builder) {
    /** Whether a status of 400 or above is an error. Default: false. */
    public var raiseForStatus: Boolean
        get() = chosen().raiseForStatus
        set(value) {
            options.raiseForStatus(value)
        }

    /** Whether redirects are followed. Default: true. */
    public var followRedirects: Boolean
        get() = chosen().followRedirects
        set(value) {
            options.followRedirects(value)
        }

    /** How many redirects are followed; one more is an error. Default: 10. */
    public var maxRedirects: Int
        get() = chosen().maxRedirects
        set(value) {
            options.maxRedirects(value)
        }

    /** Whether redirects from https to http are followed, without credentials; otherwise one is an error. Default: true. */
    public var followDowngrades: Boolean
        get() = chosen().followDowngrades
        set(value) {
            options.followDowngrades(value)
        }

    /** Sees each redirect before it is followed, and may refuse it. Default: it refuses none. */
    public var redirectFilter: RedirectFilter
        get() = chosen().redirectFilter
        set(value) {
            options.redirectFilter(value)
        }

    /** Longest response body in bytes that is held in memory, 0 for no limit. Default: 64 MiB. */
    public var maxBufferedBody: Long
        get() = chosen().maxBufferedBody
        set(value) {
            options.maxBufferedBody(value)
        }

    /** Whether compressed responses are asked for and decoded; see [RequestOptions.decompress]. Default: true. */
    public var decompress: Boolean
        get() = chosen().decompress
        set(value) {
            options.decompress(value)
        }

    /** How objects become JSON and back. Default: [KotlinxJson], which ignores keys that a class does not have. */
    public var jsonCodec: JsonCodec
        get() = options.jsonCodec()
        set(value) {
            options.jsonCodec(value)
        }

    /** Whether a body is read as JSON only if its `Content-Type` says that it is. Default: false. */
    public var requireJsonType: Boolean
        get() = chosen().requireJsonType
        set(value) {
            options.requireJsonType(value)
        }

    /**
     * Who is asking; see [Authentication]. Credentials of a session go to the origin of its base URL, or else of its first
     * request, those of a request to the origin of its URL. Null: nobody. Default: null.
     */
    public var auth: Authentication?
        get() = options.auth()
        set(value) {
            options.auth(value)
        }

    /** Whether a request that failed is tried again, as with `retry = RetryPolicy.of(3)`. Null: it is not. Default: null. */
    public var retry: RetryPolicy?
        get() = chosen().retry
        set(value) {
            options.retry(value)
        }

    /**
     * Leaves fields out that are otherwise sent by themselves: `Accept`, `Accept-Encoding`, `Content-Type` or
     * `User-Agent`. Those that are set are sent.
     *
     * @throws IllegalArgumentException when all is built, if there are others among [names]
     */
    public fun skipAutoHeaders(vararg names: String) {
        options.skipAutoHeaders(*names)
    }

    /** Changes the time limits, starting from what is set: total 300 s and socketConnect 30 s by default. */
    public fun timeout(build: TimeoutBuilder.() -> Unit) {
        options.timeout(TimeoutBuilder(options.timeout()).apply(build).build())
    }

    /** Sets all time limits. */
    public fun timeout(limits: ClientTimeout) {
        options.timeout(limits)
    }

    /** Changes options as Java does. */
    public fun options(change: RequestOptions.Builder.() -> Unit) {
        options.change()
    }

    internal fun chosen(): RequestOptions = options.build()
}
