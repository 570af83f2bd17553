// Prints:
//   100000 bytes in 13 pieces
//   checksum: 3094554e
package io.martlet.samples.guide.responses

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking
import java.util.zip.CRC32

/** A body of any length, a piece at a time: this coroutine waits for the pieces, and the server for this coroutine. */
fun main(args: Array<String>): Unit = runBlocking {
    val sum = CRC32()
    var pieces = 0
    ClientSession { baseUrl = args[0] }.use { session ->
        session.open("GET", "range/100000").use { response ->
            response.body.chunks(8192).collect { piece ->
                sum.update(piece)
                pieces++
            }
            println("${response.contentLength} bytes in $pieces pieces")
        }
    }
    println("checksum: ${sum.value.toString(16)}")
}
