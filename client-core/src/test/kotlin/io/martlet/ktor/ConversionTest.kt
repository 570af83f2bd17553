package io.martlet.ktor

import io.ktor.client.request.HttpRequestBuilder
import io.ktor.http.content.OutgoingContent
import io.ktor.http.fullPath
import io.martlet.body.RequestBody
import io.martlet.config.ConnectorConfig
import io.martlet.http.ClientRequest
import io.martlet.http.Method
import io.martlet.http.Url
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource

class ConversionTest {
    private fun convert(url: Url, change: ClientRequest.Builder.() -> Unit = {}): HttpRequestBuilder {
        val request = ClientRequest.builder(Method.POST, url).apply(change).build()
        return ktorRequest(request, CallWatch(request, ConnectionSlots(ConnectorConfig.DEFAULT)) { false })
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            "/",
            "/?",
            "/??",
            "/a?",
            "/a%2Fb?b=1&a=2&b=3+%2B",
            "/a%2fb/%41",
            "/?a&a=&=a&&&",
            "/a?b?c=/d/../e",
            "/?q=a+b%20c&q=%C3%BC",
            "//a//b/",
            "/;p=1,2:3@$!'()*~._-",
            "/?'\"<>\\^`{|}[]",
            "/a/../b/./c/%2e%2e",
            "/%ff%00%0d%0a",
        ],
    )
    fun `the request target is sent exactly as it is`(target: String) {
        assertEquals(target, convert(Url.raw("http://h$target")).url.build().fullPath)
    }

    @Test
    fun `a query of any number of pairs stays whole and in order`() {
        val target = (1..3000).joinToString("&", "/?") { "n${it % 7}=$it" }

        assertEquals(target, convert(Url.raw("http://h$target")).url.build().fullPath)
    }

    @ParameterizedTest
    @CsvSource(
        "http://example.com/,       http,  example.com,       example.com,       80",
        "http://example.com:8080/,  http,  example.com:8080,  example.com:8080,  8080",
        "https://example.com/,      https, example.com,       example.com,       443",
        "https://example.com:80/,   https, example.com:80,    example.com:80,    80",
        "http://example.com./,      http,  example.com.,      example.com,       80",
        "http://example.com.:81/,   http,  example.com.:81,   example.com:81,    81",
        "http://[::1]/,             http,  [::1],             [::1],             80",
        "http://[2001:DB8::1]:81/,  http,  [2001:db8::1]:81,  [2001:db8::1]:81,  81",
        "http://grüße.example/,     http,  xn--gre-6ka8l.example, xn--gre-6ka8l.example, 80",
        "http://127.0.0.1:1/,       http,  127.0.0.1:1,       127.0.0.1:1,       1",
    )
    fun `scheme, host and port`(url: String, scheme: String, authority: String, hostHeader: String, port: Int) {
        val converted = convert(Url.parse(url))

        val built = converted.url.build()
        assertEquals(
            listOf(scheme, authority.substringBeforeLast(":$port"), port, hostHeader),
            listOf(built.protocol.name, built.host, built.port, converted.headers["Host"]),
        )
    }

    @Test
    fun `fragment, user and password are not passed on`() {
        val built = convert(Url.parse("http://me:pass@h/x#part")).url.build()

        assertEquals(
            listOf("", null, null, "http://h/x"),
            listOf(built.fragment, built.user, built.password, built.toString()),
        )
    }

    @Test
    fun `header fields are passed on, with every value, and Host as the caller says`() {
        val headers = convert(Url.of("http://h/")) {
            headers().add("X-Many", "a").add("X-One", "1").add("x-many", "b, c").add("Host", "other")
        }.headers

        assertEquals(
            listOf(listOf("a", "b, c"), listOf("1"), listOf("other"), listOf("*/*")),
            listOf("X-Many", "X-One", "Host", "Accept").map { headers.getAll(it) },
        )
    }

    @Test
    fun `any token is a method`() {
        assertEquals("PROPFIND", convert(Url.of("http://h/")) { method(Method.of("propfind")) }.method.value)
    }

    @ParameterizedTest
    @CsvSource("POST, hello, 5", "POST, '', 0", "GET, hello, 5", "GET, '', ", "HEAD, '', ")
    fun `no body has a length only where it must be announced`(method: String, text: String, length: Long?) {
        val converted = convert(Url.of("http://h/")) { method(Method.of(method)).body(RequestBody.text(text)) }

        assertEquals(length, (converted.body as OutgoingContent).contentLength)
    }
}
