package io.martlet.contract

import org.junit.jupiter.api.Nested

/**
 * What every session does, in every language and over every engine.
 *
 * ```
 * class KotlinSessionContractTest : SessionContract() {
 *     override val face = KotlinFace()
 * }
 * ```
 */
abstract class SessionContract {
    /** The one to be tested. */
    abstract val face: Face

    @Nested
    inner class Requests : RequestsContract(face)

    @Nested
    inner class Urls : UrlsContract(face)

    @Nested
    inner class Bodies : BodiesContract(face)

    @Nested
    inner class Forms : FormsContract(face)

    @Nested
    inner class Parts : PartsContract(face)

    @Nested
    inner class Decompression : DecompressionContract(face)

    @Nested
    inner class Responses : ResponsesContract(face)

    @Nested
    inner class Redirects : RedirectsContract(face)

    @Nested
    inner class Cookies : CookiesContract(face)

    @Nested
    inner class Auth : AuthContract(face)

    @Nested
    inner class Digests : DigestContract(face)

    @Nested
    inner class Hops : HopsContract(face)

    @Nested
    inner class Retries : RetriesContract(face)

    @Nested
    inner class Traffic : TrafficContract(face)

    @Nested
    inner class Errors : ErrorsContract(face)

    @Nested
    inner class Refusals : RefusalsContract(face)

    @Nested
    inner class Timeouts : TimeoutsContract(face)

    @Nested
    inner class Limits : LimitsContract(face)

    @Nested
    inner class Cancel : CancelContract(face)

    @Nested
    inner class Close : CloseContract(face)

    @Nested
    inner class Streaming : StreamingContract(face)

    @Nested
    inner class Downloads : DownloadsContract(face)

    @Nested
    inner class Bulk : BulkContract(face)
}
