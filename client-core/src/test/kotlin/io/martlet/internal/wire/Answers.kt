package io.martlet.internal.wire

/** What a server does when it has sent its answer. */
internal enum class End {
    /** It waits for the next request. */
    STAYS,

    /** It sends FIN. */
    FINISHES,

    /** It sends RST. */
    RESETS,
}

/**
 * What a server may answer: group D of reliability.md, what of E and F is short, and their neighbours.
 *
 * @property bytes the answer, a character for a byte
 * @property streamed what a reader sees who takes the body as a stream, see [Reading]
 * @property isKept whether the connection may carry another request
 */
internal class Answer(
    private val name: String,
    val bytes: String,
    val streamed: String,
    val isKept: Boolean = false,
    val end: End = End.STAYS,
    val method: String = "GET",
) {
    /** What [reading] shows, and what becomes of the connection. */
    fun expected(reading: Reading): String = line(reading.shows(streamed), isKept)

    /** A line of a table, to be compared. */
    fun line(seen: String, kept: Boolean): String = "$name: $seen, ${if (kept) "kept" else "given up"}"

    override fun toString(): String = name
}

private const val OK = "HTTP/1.1 200 OK\r\n"
private const val CHUNKED = "${OK}Transfer-Encoding: chunked\r\n\r\n"
private const val LENGTH_5 = "${OK}Content-Length: 5\r\n"
private const val HELLO = "$LENGTH_5\r\nhello"
private const val REFUSED = "ProtocolException"
private const val DISCONNECTED = "ServerDisconnectedException"

/** They are tables: what is sent, and what is to become of it. */
internal object Answers {
    private fun refused(name: String, head: String) = Answer(name, head, REFUSED)

    private fun field(name: String, vararg lines: String) =
        refused(name, OK + lines.joinToString("") { "$it\r\n" } + "\r\nhello")

    private fun unchunked(name: String, body: String, data: String = "") =
        Answer(
            name,
            CHUNKED + body,
            listOf("200", data, "PayloadException").filter {
                it.isNotEmpty()
            }.joinToString(" "),
        )

    private fun read(name: String, bytes: String, streamed: String = "200 hello", method: String = "GET") =
        Answer(name, bytes, streamed, isKept = true, method = method)

    private fun readAndClosed(name: String, bytes: String, streamed: String = "200 hello", method: String = "GET") =
        Answer(name, bytes, streamed, method = method)

    private fun cut(name: String, bytes: String, streamed: String) = Answer(name, bytes, streamed, end = End.FINISHES)

    /** D01 to D04, D08: how long is it? */
    val framing = listOf(
        field("D01 length and chunks", "Content-Length: 5", "Transfer-Encoding: chunked"),
        field("D01 chunks and length", "Transfer-Encoding: chunked", "content-length: 5"),
        field("D02 two lengths", "Content-Length: 5", "Content-Length: 6"),
        field("D02 two lengths in a list", "Content-Length: 5, 6"),
        field("D02 an equal and another", "Content-Length: 5, 5, 6"),
        field("D03 plus", "Content-Length: +5"),
        field("D03 minus", "Content-Length: -5"),
        field("D03 a letter behind", "Content-Length: 5a"),
        field("D03 hexadecimal", "Content-Length: 0x5"),
        field("D03 a blank amid", "Content-Length: 5 5"),
        field("D03 a comma behind", "Content-Length: 5,"),
        field("D03 a comma before", "Content-Length: ,5"),
        field("D03 nothing", "Content-Length:"),
        field("D03 nothing, then 5", "Content-Length:", "Content-Length: 5"),
        field("D03 exponent", "Content-Length: 1e1"),
        field("D03 point", "Content-Length: 5.0"),
        field("D03 quotes", "Content-Length: \"5\""),
        field("D03 19 digits beyond a long", "Content-Length: 9223372036854775808"),
        field("D03 20 digits", "Content-Length: 00000000000000000005"),
        field("D03 2^64 + 5", "Content-Length: 18446744073709551621"),
        field("D03 Arabic five", "Content-Length: \u00d9\u00a5"),
        read("D04 the same twice in a list", "${OK}Content-Length: 5, 5\r\n\r\nhello"),
        read("D04 the same on two lines", "${LENGTH_5}content-length: 5\r\n\r\nhello"),
        read("D04 zeros before", "${OK}Content-Length: 0005\r\n\r\nhello"),
        read("D04 blanks around", "${OK}Content-Length: \t 5 \t\r\n\r\nhello"),
        read("D04 zero", "${OK}Content-Length: 0\r\n\r\n", "200"),
        field("D08 chunked, then gzip", "Transfer-Encoding: chunked, gzip"),
        field("D08 gzip, then chunked", "Transfer-Encoding: gzip, chunked"),
        field("D08 chunked twice", "Transfer-Encoding: chunked, chunked"),
        field("D08 chunked on two lines", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
        field("D08 gzip and chunked on two lines", "Transfer-Encoding: gzip", "Transfer-Encoding: chunked"),
        field("D08 a letter before", "Transfer-Encoding: xchunked"),
        field("D08 a vertical tab before", "Transfer-Encoding: \u000bchunked"),
        field("D08 a no-break space before", "Transfer-Encoding: \u00a0chunked"),
        field("D08 identity", "Transfer-Encoding: identity"),
        field("D08 nothing", "Transfer-Encoding:"),
        field("D08 quotes", "Transfer-Encoding: \"chunked\""),
        field("D08 a parameter", "Transfer-Encoding: chunked;q=1"),
        read("D08 any case", "${OK}transfer-encoding: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        readAndClosed(
            "D08 chunked in HTTP/1.0",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        ),
    )

    /** D05, D06, E06, E13: chunks. */
    val chunks = listOf(
        read("one", "${CHUNKED}5\r\nhello\r\n0\r\n\r\n"),
        read("two", "${CHUNKED}2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"),
        read("none", "${CHUNKED}0\r\n\r\n", "200"),
        read("zeros and capitals", "${CHUNKED}000A\r\nhellohello\r\n000\r\n\r\n", "200 hellohello"),
        read("extensions", "${CHUNKED}5;a=b; c=\"d;\\\"\"\r\nhello\r\n0;last\r\n\r\n"),
        read("trailers", "${CHUNKED}5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n"),
        unchunked("D05 plus", "+5\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 minus", "-5\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 hexadecimal", "0x5\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 a blank before", " 5\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 a blank behind", "5 \r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 no size", "\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 an extension alone", ";a\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 no digit", "g\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 a digit and a letter", "5g\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 17 digits", "00000000000000005\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 2^64 - 1", "FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 2^63", "8000000000000000\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 a NUL behind", "5\u0000\r\nhello\r\n0\r\n\r\n"),
        unchunked("D05 a comma", "5,5\r\nhello\r\n0\r\n\r\n"),
        unchunked("D06 size ends in LF", "5\nhello\r\n0\r\n\r\n"),
        unchunked("D06 second size ends in LF", "2\r\nhe\r\n3\nllo\r\n0\r\n\r\n", "he"),
        unchunked("D06 size ends in CR", "5\rhello\r\n0\r\n\r\n"),
        unchunked("D06 size ends in CR CR LF", "5\r\r\nhello\r\n0\r\n\r\n"),
        unchunked("D06 nothing after the data", "5\r\nhello0\r\n\r\n", "hello"),
        unchunked("D06 LF after the data", "5\r\nhello\n0\r\n\r\n", "hello"),
        unchunked("D06 CR after the data", "5\r\nhello\r0\r\n\r\n", "hello"),
        unchunked("D06 LF CR after the data", "5\r\nhello\n\r0\r\n\r\n", "hello"),
        unchunked("D06 more data than said", "5\r\nhello!\r\n0\r\n\r\n", "hello"),
        unchunked("D06 last chunk ends in LF", "5\r\nhello\r\n0\n\r\n", "hello"),
        unchunked("D06 trailers end in LF", "5\r\nhello\r\n0\r\n\n", "hello"),
        unchunked("D07 CRLF in a quoted extension", "5;a=\"\r\n\"\r\nhello\r\n0\r\n\r\n"),
        unchunked("D07 LF in an extension", "5;a\nb\r\nhello\r\n0\r\n\r\n"),
        unchunked("D13 NUL in a trailer's value", "5\r\nhello\r\n0\r\nA: \u0000\r\n\r\n", "hello"),
        unchunked("D13 NUL in a trailer's name", "5\r\nhello\r\n0\r\nA\u0000: b\r\n\r\n", "hello"),
        unchunked("D13 DEL in a trailer's value", "5\r\nhello\r\n0\r\nA: \u007f\r\n\r\n", "hello"),
        unchunked("D13 DEL in a trailer's name", "5\r\nhello\r\n0\r\nA\u007f: b\r\n\r\n", "hello"),
        unchunked("D13 0x01 in a trailer's value", "5\r\nhello\r\n0\r\nA: \u0001\r\n\r\n", "hello"),
        unchunked("D13 0x01 in a trailer's name", "5\r\nhello\r\n0\r\nA\u0001: b\r\n\r\n", "hello"),
        unchunked("D14 a trailer without colon", "5\r\nhello\r\n0\r\nA\r\n\r\n", "hello"),
        unchunked("D11 a folded trailer", "5\r\nhello\r\n0\r\nA: b\r\n c\r\n\r\n", "hello"),
        unchunked("a length among the trailers", "5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n", "hello"),
        unchunked("E06 an extension beyond maxChunkLine", "5;a=${"x".repeat(4093)}\r\nhello\r\n0\r\n\r\n"),
        cut("E13 a chunk of 2^63 - 1", "${CHUNKED}7FFFFFFFFFFFFFFF\r\nhello", "200 hello TruncatedBodyException"),
        cut(
            "E13 a length of 9e18",
            "${OK}Content-Length: 9000000000000000000\r\n\r\nhello",
            "200 hello TruncatedBodyException",
        ),
    )

    /** D09 to D14: status lines and fields. */
    val heads = listOf(
        refused("D09 CR in the status line", "HTTP/1.1 200 O\rK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D09 CR behind the status", "HTTP/1.1 200\rContent-Length: 5\r\n\r\nhello"),
        field("D09 CR in a name", "X\rY: z", "Content-Length: 5"),
        field("D09 CR in a value", "X: y\rz", "Content-Length: 5"),
        field("D09 CR before a name", "\rX: y", "Content-Length: 5"),
        field("D09 CR CR LF", "X: y\r", "Content-Length: 5"),
        refused("D09 CR CR LF at the end", "$LENGTH_5\r\r\nhello"),
        refused("D10 LF everywhere", HELLO.replace("\r", "")),
        refused("D10 LF after the status line", "HTTP/1.1 200 OK\nContent-Length: 5\r\n\r\nhello"),
        refused("D10 LF after a field", "${OK}Content-Length: 5\n\r\nhello"),
        refused("D10 LF at the end", "$LENGTH_5\nhello"),
        field("D11 folded", "X: y", " z", "Content-Length: 5"),
        field("D11 folded with TAB", "X: y", "\tz", "Content-Length: 5"),
        field("D11 a folded length", "Content-Length: 5", " 6"),
        field("D11 folded and blank", "X: y", " ", "Content-Length: 5"),
        field("D11 folded first line", " X: y", "Content-Length: 5"),
        field("D11 folded last line", "Content-Length: 5", " "),
        field("D12 blank before the colon", "Content-Length : 5"),
        field("D12 TAB before the colon", "Content-Length\t: 5"),
        field("D13 NUL in a name", "X\u0000: y", "Content-Length: 5"),
        field("D13 NUL in a value", "X: \u0000", "Content-Length: 5"),
        field("D13 0x01 in a name", "X\u0001: y", "Content-Length: 5"),
        field("D13 0x01 in a value", "X: y\u0001", "Content-Length: 5"),
        field("D13 DEL in a name", "X\u007f: y", "Content-Length: 5"),
        field("D13 DEL in a value", "X: y\u007f", "Content-Length: 5"),
        refused("D13 NUL in the reason", "HTTP/1.1 200 O\u0000K\r\nContent-Length: 5\r\n\r\nhello"),
        field("D14 no colon", "X", "Content-Length: 5"),
        field("D14 no name", ": y", "Content-Length: 5"),
        field("D14 a name beyond ASCII", "\u00e9: y", "Content-Length: 5"),
        refused("D14 status 20", "HTTP/1.1 20 OK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D14 status 2000", "HTTP/1.1 2000 OK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D14 status -200", "HTTP/1.1 -200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D14 status 99999999999", "HTTP/1.1 99999999999 OK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D14 status 2x0", "HTTP/1.1 2x0 OK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D14 status 099", "HTTP/1.1 099 OK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D14 two blanks before the status", "HTTP/1.1  200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D14 HTTP/2.0", "HTTP/2.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D14 HTTP/01.1", "HTTP/01.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D14 HTTP/1.2", "HTTP/1.2 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D14 http/1.1", "http/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        refused("D14 HTTP/0.9", "<html>hello</html>"),
        refused("D14 another protocol", "SSH-2.0-OpenSSH_9.6\r\n"),
        refused("D14 a TLS alert", "\u0015\u0003\u0003\u0000\u0002\u0002\u0050"),
        refused("D14 five empty lines", "\r\n\r\n\r\n\r\n\r\n$HELLO"),
        read("D14 four empty lines", "\r\n\r\n\r\n\r\n$HELLO"),
        read("D14 no reason", "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello"),
        read("D14 an empty reason", "HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello"),
        read("D14 status 999", "HTTP/1.1 999 x\r\nContent-Length: 5\r\n\r\nhello", "999 hello"),
        read("values in Latin 1, and TAB amid", "${OK}X: \u00e9\t\u00ff\r\nContent-Length: 5\r\n\r\nhello"),
    )

    /** D18, D19: bodies that are none, and responses that are not the last. */
    val bodiless = listOf(
        read("D18 HEAD with a length", "${OK}Content-Length: 100\r\n\r\n", "200", "HEAD"),
        read("D18 HEAD with chunks", CHUNKED, "200", "HEAD"),
        read("D18 HEAD with neither", "$OK\r\n", "200", "HEAD"),
        readAndClosed("D18 HEAD with a stray body", HELLO, "200", "HEAD"),
        readAndClosed("D18 HEAD with stray chunks", "${CHUNKED}0\r\n\r\n", "200", "HEAD"),
        Answer("D18 HEAD with two lengths", "${OK}Content-Length: 5, 6\r\n\r\n", REFUSED, method = "HEAD"),
        read("D18 204", "HTTP/1.1 204 No Content\r\n\r\n", "204"),
        read("D18 204 with a length", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", "204"),
        read("D18 204 with chunks", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", "204"),
        readAndClosed("D18 204 with a stray body", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", "204"),
        read("D18 304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "304"),
        read("D18 304 with chunks", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", "304"),
        readAndClosed("D18 304 with a stray body", "HTTP/1.1 304 Not Modified\r\n\r\nhello", "304"),
        readAndClosed("more than the length", "${HELLO}world"),
        readAndClosed("a second response", HELLO + HELLO),
        readAndClosed("an interim response behind", "${HELLO}HTTP/1.1 100 Continue\r\n\r\n"),
        readAndClosed("more than the last chunk", "${CHUNKED}5\r\nhello\r\n0\r\n\r\n\r\n"),
        read("D19 100", "HTTP/1.1 100 Continue\r\n\r\n$HELLO"),
        read("D19 102", "HTTP/1.1 102 Processing\r\n\r\n$HELLO"),
        read("D19 103 three times", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(3) + HELLO),
        read("D19 100 with a length", "HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\n$HELLO"),
        refused("D19 nine interim responses", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(9) + HELLO),
        refused("D19 101 unasked", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    )

    /** F01 to F03, F06, F08: FIN where it should not be, and where it may. */
    val cuts = listOf(
        cut(
            "F01 fewer than the length",
            "${OK}Content-Length: 100\r\n\r\n${"x".repeat(50)}",
            "200 ${"x".repeat(50)} TruncatedBodyException",
        ),
        cut("F02 at a chunk's end", "${CHUNKED}5\r\nhello\r\n", "200 hello TruncatedBodyException"),
        cut("F03 in a size", "${CHUNKED}5\r\nhello\r\n1", "200 hello TruncatedBodyException"),
        cut("F03 in a chunk", "${CHUNKED}5\r\nhe", "200 he TruncatedBodyException"),
        cut("F03 after the last chunk", "${CHUNKED}5\r\nhello\r\n0\r\n", "200 hello TruncatedBodyException"),
        cut("F03 in a trailer", "${CHUNKED}5\r\nhello\r\n0\r\nA:", "200 hello TruncatedBodyException"),
        cut("F03 after a trailer", "${CHUNKED}5\r\nhello\r\n0\r\nA: b\r\n", "200 hello TruncatedBodyException"),
        cut("F06 a body until the end", "$OK\r\nhello", "200 hello"),
        cut("F06 an empty one", "$OK\r\n", "200"),
        cut("F06 in HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nhello", "200 hello"),
        cut("F08 nothing", "", DISCONNECTED),
        cut("F08 three letters", "HTT", DISCONNECTED),
        cut("F08 an empty line", "\r\n", DISCONNECTED),
        cut("F08 half a head", LENGTH_5, DISCONNECTED),
        cut("F08 an interim response alone", "HTTP/1.1 100 Continue\r\n\r\n", DISCONNECTED),
    )

    val all = framing + chunks + heads + bodiless + cuts
}
