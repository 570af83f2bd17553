package io.martlet

import io.martlet.body.TransferProgress
import io.martlet.config.MartletDsl
import io.martlet.download.DownloadOptions

/** Describes a download: the fields of [DownloadOptions], which documents each, and the request. Used once, by one thread. */
@MartletDsl
public class DownloadBuilder internal constructor() {
    private val options = DownloadOptions.builder()

    internal var request: RequestBuilder.() -> Unit = {}
        private set

    /** Whether what an earlier call left is used, and left for the next one when this one fails. Default: true. */
    public var resume: Boolean
        get() = chosen().resume
        set(value) {
            options.resume(value)
        }

    /** Whether a file of that name is replaced; otherwise it is a [java.nio.file.FileAlreadyExistsException]. Default: true. */
    public var overwrite: Boolean
        get() = chosen().overwrite
        set(value) {
            options.overwrite(value)
        }

    /** In how many parts the file is fetched at once, at most, where the server can do so. Default: 1. */
    public var segments: Int
        get() = chosen().segments
        set(value) {
            options.segments(value)
        }

    /** How long such a part is at least, in bytes. Default: 8 MiB. */
    public var minSegmentBytes: Long
        get() = chosen().minSegmentBytes
        set(value) {
            options.minSegmentBytes(value)
        }

    /** How many bytes the file must have; -1: any number. Default: -1. */
    public var size: Long
        get() = chosen().size
        set(value) {
            options.size(value)
        }

    /** Most bytes that the file may have; 0: no limit. Default: 0. */
    public var maxBytes: Long
        get() = chosen().maxBytes
        set(value) {
            options.maxBytes(value)
        }

    /** Hears how many bytes are there, those of earlier calls included, and of how many. Default: nobody does. */
    public var progress: TransferProgress
        get() = chosen().progress
        set(value) {
            options.progress(value)
        }

    /** Has a digest calculated, by its name in the JDK, such as `SHA-256`. */
    public fun digest(algorithm: String) {
        options.digest(algorithm)
    }

    /** Has a digest calculated and compared to [expected], in hexadecimal. */
    public fun digest(algorithm: String, expected: String) {
        options.digest(algorithm, expected)
    }

    /** Has the SHA-256 calculated and compared to [expected], in hexadecimal. */
    public fun sha256(expected: String) {
        options.sha256(expected)
    }

    /** Describes the request, as `session.get(url) { … }` does. */
    public fun request(build: RequestBuilder.() -> Unit) {
        request = build
    }

    internal fun options(): DownloadOptions = chosen()

    private fun chosen() = options.build()
}
