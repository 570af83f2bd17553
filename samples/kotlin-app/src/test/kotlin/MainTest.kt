import io.martlet.samples.demo.DemoServer
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

internal class MainTest {
    @Test
    fun `the program of the README finds twenty titles`() = DemoServer.start(0).use { server ->
        assertEquals(20, runBlocking { titles(server.baseUrl()) }.filter(String::isNotBlank).size)
    }
}
