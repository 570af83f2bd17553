package io.martlet.samples.guide.responses

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking
import kotlin.io.path.createTempFile
import kotlin.io.path.deleteExisting
import kotlin.io.path.fileSize

/** A large body goes to a file as it arrives; no more of it is held in memory than a few pieces. */
fun main(args: Array<String>): Unit = runBlocking {
    val file = createTempFile("martlet-", ".bin")
    try {
        ClientSession { baseUrl = args[0] }.use { session ->
            session.open("GET", "bytes/100000").use { response ->
                response.body.saveTo(file) { bytes, total -> println("progress: $bytes of $total") }
            }
        }
        println("saved: ${file.fileSize()} bytes")
    } finally {
        file.deleteExisting()
    }
}
