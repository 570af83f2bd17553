import com.sun.net.httpserver.HttpServer
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.net.InetAddress
import java.net.InetSocketAddress

internal class MainTest {
    @Test
    fun `the program of the README finds twenty titles`() {
        val server = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)
        server.createContext("/posts/") { exchange ->
            val id = exchange.requestURI.path.substringAfterLast('/')
            val post = """{"id": $id, "title": "Post $id"}""".encodeToByteArray()
            exchange.sendResponseHeaders(200, post.size.toLong())
            exchange.responseBody.write(post)
            exchange.close()
        }
        server.start()
        try {
            val url = "http://127.0.0.1:${server.address.port}/"
            assertEquals((1..20).map { "Post $it" }, runBlocking { titles(url) })
        } finally {
            server.stop(0)
        }
    }
}
