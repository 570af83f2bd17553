package io.martlet.contract

import io.martlet.GatherOptions
import io.martlet.auth.Authentication
import io.martlet.body.Multipart
import io.martlet.body.RequestBody
import io.martlet.body.ServerSentEvent
import io.martlet.body.TransferProgress
import io.martlet.config.ClientTimeout
import io.martlet.config.ConnectorConfig
import io.martlet.config.RequestOptions
import io.martlet.cookie.Cookie
import io.martlet.cookie.CookieJar
import io.martlet.download.DownloadOptions
import io.martlet.download.DownloadedFile
import io.martlet.engine.EngineFactory
import io.martlet.http.ClientResponse
import io.martlet.http.Headers
import io.martlet.http.Part
import io.martlet.rate.RateLimit
import io.martlet.retry.CircuitBreaker
import io.martlet.retry.Hedging
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.Serializable
import java.io.OutputStream
import java.nio.file.Path

/** One way to use the client, from one language and over one engine. The contract holds for all of them. */
interface Face {
    /** What its sessions are carried by. */
    val engine: EngineFactory

    /** What it is known not to do. */
    val gaps: Set<Gap>

    /** A new session as [setup] says. */
    fun open(setup: Setup): Session

    /** A session, whatever its language. Whoever calls is cancelled by cancelling its coroutine. */
    interface Session : AutoCloseable {
        /** Sends [call] by the method of its name, if there is one, and waits for the whole response. */
        suspend fun send(call: Call): ClientResponse

        /** Sends [call] and waits for the head of the response. */
        suspend fun open(call: Call): Stream

        /** Sends [call], a GET, and saves the whole response as [path]. */
        suspend fun download(
            call: Call,
            path: Path,
            options: DownloadOptions = DownloadOptions.DEFAULT,
        ): DownloadedFile

        /** Runs [action] for each of [elements] as [options] say. */
        suspend fun <T : Any> gather(
            elements: Iterable<T>,
            options: GatherOptions<T>,
            action: suspend (T) -> T,
        ): List<T>

        /** Runs [action] for each of [elements], [size] at a time. */
        suspend fun <T : Any> batches(elements: Iterable<T>, size: Int, action: suspend (T) -> T): List<T>

        /** What the body of [response] says, read by the session's own codec. */
        fun note(response: ClientResponse): Note

        /** Closes the session and waits until nothing is left of it. */
        suspend fun closeAndJoin()
    }

    /** A response whose body is on the wire. */
    interface Stream : AutoCloseable {
        val status: Int
        val headers: Headers
        val cookies: List<Cookie>

        suspend fun readBytes(): ByteArray

        suspend fun transferTo(output: OutputStream): Long

        val trailers: Headers

        suspend fun saveTo(path: Path, progress: TransferProgress = TransferProgress.NONE): Long

        /** The parts of the body, each read as it arrives. */
        suspend fun parts(): List<Part>

        /** The next bytes, so many. */
        suspend fun readExactly(count: Int): ByteArray

        /** What is left of the body, as it arrives. */
        fun chunks(): Flow<ByteArray>

        /** What is left of the body in arrays of one size. */
        fun chunks(size: Int): Flow<ByteArray>

        /** What is left of the body in lines of at most [maxLength] bytes. */
        fun lines(maxLength: Int = 64 * 1024): Flow<String>

        /** What is left of the body in server-sent events. */
        fun events(): Flow<ServerSentEvent>
    }
}

/** A session to be opened; null leaves the face's own default in place. */
data class Setup(
    val baseUrl: String? = null,
    val headers: List<Pair<String, String>> = emptyList(),
    val cookies: List<Pair<String, String>> = emptyList(),
    val cookieJar: CookieJar? = null,
    val timeout: ClientTimeout? = null,
    val connector: ConnectorConfig? = null,
    val raiseForStatus: Boolean? = null,
    val followRedirects: Boolean? = null,
    val maxRedirects: Int? = null,
    val maxBufferedBody: Long? = null,
    val decompress: Boolean? = null,
    val auth: Authentication? = null,
    val rateLimit: RateLimit? = null,
    val breaker: CircuitBreaker? = null,
    val hedging: Hedging? = null,
    val engine: EngineFactory,
)

/**
 * A request to be made; null leaves what the session says in place. [set], [add] and [remove] change its headers, in
 * this order.
 */
data class Call(
    val method: String,
    val url: String,
    val params: List<Pair<String, String>> = emptyList(),
    val set: List<Pair<String, String>> = emptyList(),
    val add: List<Pair<String, String>> = emptyList(),
    val remove: List<String> = emptyList(),
    val cookies: List<Pair<String, String>> = emptyList(),
    val body: RequestBody? = null,
    val note: Note? = null,
    val form: List<Pair<String, String>>? = null,
    val multipart: Multipart? = null,
    val compress: String? = null,
    val timeout: ClientTimeout? = null,
    val raiseForStatus: Boolean? = null,
    val followRedirects: Boolean? = null,
    val maxRedirects: Int? = null,
    val maxBufferedBody: Long? = null,
    val decompress: Boolean? = null,
    val auth: Authentication? = null,
    val hedging: Hedging? = null,
    val options: RequestOptions.Builder.() -> Unit = {},
)

/** What the contract sends as JSON: a class that the codecs of both languages can read and write. */
@Serializable
data class Note(var title: String = "", var tags: List<String> = emptyList())

/**
 * What an engine or a face is known not to do. A test that meets one of its face's gaps must fail, and is then skipped.
 *
 * @property reason what happens instead
 * @property isCertain whether it always happens; if it depends on which thread is faster, the test is skipped unseen
 */
enum class Gap(val reason: String, val isCertain: Boolean = true) {
    REPEATED_REQUEST_HEADERS("header lines of one name are sent as one line, joined by commas"),
    INTERIM_RESPONSES("a 1xx response is taken for the final one"),
    MALFORMED_ESCAPES("a URL with a percent sign that starts no escape is refused"),
    TRUNCATED_HEAD("a head that is cut after a complete line is taken for a whole one"),
    CHUNKED_TRUNCATION("a chunked body that is cut between two chunks counts as complete"),
    TRAILERS("a chunked body with trailers is refused"),
    TRAILER_FIELDS("what the trailers say is lost"),
    CLOSE_DELIMITED("a body that ends with the connection is refused unless the head says Connection: close"),
    KEEP_ALIVE("a connection serves one request"),
    OWN_FIELDS(
        "the request has fields that nobody has set, Connection and Accept-Encoding, and what that asks for is decoded",
    ),
    AUTO_HEADERS("Accept and User-Agent are sent even where they are to be left out"),
    LATIN_1("bytes of response headers that are no UTF-8 are replaced"),
    GET_WITH_BODY("the body of a GET is announced and not sent"),
    OPTIONS_WITHOUT_BODY("an OPTIONS without a body announces an empty one"),
    HEADER_VALUES("a header value with anything outside ASCII is refused"),
    LATE_REUSE(
        "a connection is free some time after its response is read, and until then another is opened",
        isCertain = false,
    ),
    EARLY_BYTES("bytes that arrive right before a body breaks off may be lost", isCertain = false),
}
