package io.martlet.body

import java.io.ByteArrayOutputStream

/** All bytes of this body, as an engine would send them. */
internal suspend fun RequestBody.sent(): ByteArray = open().use { source ->
    val all = ByteArrayOutputStream()
    while (true) {
        val bytes = source.read() ?: break
        all.write(ByteArray(bytes.remaining()).also { bytes.get(it) })
    }
    all.toByteArray()
}

/** The same as text. */
internal suspend fun RequestBody.sentText(): String = sent().decodeToString()
