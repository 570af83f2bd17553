package io.martlet.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.config.Limits;
import io.martlet.http.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Multipart bodies with the boundary b, in one piece, in any two and byte by byte. */
class MultipartDecoderTest {
    @Test
    void partsAreToldInTheirOrder() {
        assertEquals(
                "<A: 1, B: 2|one><|two>.",
                PartsPlayback.play("b", "--b\r\nA: 1\r\nB: 2\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "'pre\r\n--b\r\n\r\nx\r\n--b--\r\nepi', <|x>.",
        "'\r\n--b\r\n\r\nx\r\n--b--', <|x>.",
        "'--b\r\n\r\nx\r\n--b--\r\n--b\r\n\r\ny', <|x>.",
        "'--bc\r\n--b\r\n\r\nx\r\n--b--', <|x>.",
        "'--b--', .",
        "'pre\r\n--b--\r\n', .",
    })
    void whatIsBeforeAndBehindThePartsIsLeftOut(String body, String parts) {
        assertEquals(parts, PartsPlayback.play("b", body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r",
                "\n",
                "\r\n",
                "\r\r\n",
                "\r\n-",
                "\r\n--",
                "\r\n--a",
                "\r\n--bc",
                "\r\n--b x",
                "\r\n--b \t x",
                "\r\n--b\r",
                "\r\n--b\n",
                "\r\n--b \rx",
                "\r\n--b-",
                "\r\n--b-x",
                "\r\n--b -",
                "--b",
                "--b--",
                "x--b--\r\n",
                "\n--b--\n",
                "\r\n\r\n",
                "\r\n-\r\n--\r\n--b\r\r",
                "\0\u00ff",
                ""
            })
    void whatOnlyLooksLikeADelimiterIsContent(String content) {
        assertEquals("<|x" + content + ">.", PartsPlayback.play("b", "--b\r\n\r\nx" + content + "\r\n--b--\r\n"));
        assertEquals(
                "<|x" + content + "><|>.",
                PartsPlayback.play("b", "--b\r\n\r\nx" + content + "\r\n--b\r\n\r\n\r\n--b--\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", " \t  "})
    void blanksMayStandBehindABoundary(String blanks) {
        assertEquals(
                "<|x><|y>.",
                PartsPlayback.play(
                        "b", "--b" + blanks + "\r\n\r\nx\r\n--b" + blanks + "\r\n\r\ny\r\n--b--" + blanks + "\r\n"));
    }

    @Test
    void moreBlanksThanAnyoneWritesAreContent() {
        String most = " ".repeat(255);

        assertEquals("<|x><|>.", play("--b\r\n\r\nx\r\n--b" + most + "\r\n\r\n\r\n--b--"));
        assertEquals("<|x\r\n--b " + most + "\r\n>.", play("--b\r\n\r\nx\r\n--b " + most + "\r\n\r\n--b--"));
    }

    private static String play(String body) {
        return PartsPlayback.play("b", body);
    }

    @ParameterizedTest
    @CsvSource({
        "'--b\r\n\r\n\r\n--b--', <|>.",
        "'--b\r\n\r\n--b--', <|>.",
        "'--b\r\nA: 1\r\n\r\n--b\r\n\r\n--b--', <A: 1|><|>.",
    })
    void aPartMayBeEmpty(String body, String parts) {
        assertEquals(parts, play(body));
    }

    @Test
    void aBoundaryMayBeginWithThatOfTheWhole() {
        assertEquals("<|--b1\r\n\r\nx\r\n--b1--\r\n>.", play("--b\r\n\r\n--b1\r\n\r\nx\r\n--b1--\r\n\r\n--b--"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "'A:1' ! A: 1",
                "'A: \t1 \t' ! A: 1",
                "'A:' ! 'A: '",
                "'A: 1\r\na: 2' ! 'A: 1, a: 2'",
                "'A: a:b' ! A: a:b",
                "'A: 1\r\n  2\r\n\t3\r\nB: 4' ! A: 1  2 3, B: 4",
                "'A:\r\n 1' ! A: 1",
                "'A: 1\r\n ' ! A: 1",
            })
    void fieldsAreReadAsInMime(String lines, String fields) {
        assertEquals("<" + fields + "|x>.", play("--b\r\n" + lines + "\r\n\r\nx\r\n--b--"));
    }

    @Test
    void fieldsAreInUtf8OrInIso88591() {
        String utf8 = new String("A: ü".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertEquals("<A: ü|>.", play("--b\r\n" + utf8 + "\r\n\r\n--b--"));
        assertEquals("<A: ü|>.", play("--b\r\nA: ü\r\n\r\n--b--"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "'A' ! field line 1 has no colon",
                "'A: 1\r\nB' ! field line 2 has no colon",
                "'--b--' ! field line 1 has no colon",
                "' A: 1' ! its first line starts with a blank",
                "'A: 1\nB: 2' ! a header line ends in LF without CR",
                "': 1' ! 'header name \"\" is not a token (RFC 9110 §5.1)'",
                "'A : 1' ! 'header name \"A \" is not a token (RFC 9110 §5.1)'",
                "'A: 1\rB: 2' ! value of header A has a control character \\u000d at index 2 (RFC 9110 §5.5)",
                "'A: 1\r\r' ! value of header A has a control character \\u000d at index 2 (RFC 9110 §5.5)",
                "'A: 1~' ! value of header A has a control character \\u0000 at index 2 (RFC 9110 §5.5)",
                "'A: 1\r\n ~' ! value of header A has a control character \\u0000 at index 3 (RFC 9110 §5.5)",
                "'A~: 1' ! 'header name \"A\\u0000\" is not a token (RFC 9110 §5.1)'",
                "'A\r: 1' ! 'header name \"A\\u000d\" is not a token (RFC 9110 §5.1)'",
            })
    void aMalformedHeadIsAFault(String lines, String reason) {
        assertEquals(
                "the head of part 1: " + reason, play("--b\r\n" + lines.replace('~', '\0') + "\r\n\r\nx\r\n--b--"));
    }

    @Test
    void aFaultNamesItsPart() {
        assertEquals(
                "<|x><|>the head of part 3: field line 1 has no colon",
                play("--b\r\n\r\nx\r\n--b\r\n\r\n\r\n--b\r\nA\r\n\r\n\r\n--b--"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', the multipart body has no delimiter of its boundary",
        "'--', the multipart body has no delimiter of its boundary",
        "'--b', the multipart body has no delimiter of its boundary",
        "'--c\r\n\r\nx\r\n--c--', the multipart body has no delimiter of its boundary",
        "' --b\r\n\r\n', the multipart body has no delimiter of its boundary",
        "'--b\r\n', the multipart body ends amid the head of part 1",
        "'--b\r\nA: 1\r\n', the multipart body ends amid the head of part 1",
        "'--b\r\n\r\nx\r\n--b\r\nA', <|x>the multipart body ends amid the head of part 2",
        "'--b\r\n\r\n', '<|the multipart body ends amid part 1, without a closing delimiter'",
        "'--b\r\n\r\nx', '<|xthe multipart body ends amid part 1, without a closing delimiter'",
        "'--b\r\n\r\nx\r\n--b', '<|xthe multipart body ends amid part 1, without a closing delimiter'",
        "'--b\r\n\r\nx\r\n--b-', '<|xthe multipart body ends amid part 1, without a closing delimiter'",
    })
    void aBodyThatEndsTooSoonIsAFault(String body, String told) {
        assertEquals(told, play(body));
    }

    @ParameterizedTest
    @CsvSource({
        "'A: 2345678\r\nB: 2\r\n', '<A: 2345678, B: 2|x>.'",
        "'A: 23456789\r\n', the head of part 1: a header line is longer than 10 bytes",
        "'A: 2\r\n 67890\r\n', '<A: 2 67890|x>.'",
        "'A: 2\r\n 678901\r\n', the head of part 1: a header line is longer than 10 bytes",
        "'A: 1\r\nB: 2\r\nC: 3\r\n', the head of part 1: it has more header fields than 2",
    })
    void headsAreLimited(String lines, String told) {
        Limits limits = Limits.builder().maxHeaderLine(10).maxHeaders(2).build();

        assertEquals(told, PartsPlayback.play("b", "--b\r\n" + lines + "\r\nx\r\n--b--", limits));
    }

    @Test
    void aLineWithoutEndIsNotCollected() {
        MultipartDecoder decoder = new MultipartDecoder("b", Limits.DEFAULT);
        decoder.next(bytes("--b\r\n"));

        assertEquals(MultipartDecoder.Event.MORE, decoder.next(bytes("x".repeat(8191))));
        assertThrows(MultipartFault.class, () -> decoder.next(bytes("x")));
    }

    @Test
    void whatIsBeforeThePartsIsBounded() {
        String most = "x".repeat(64 * 1024);
        MultipartDecoder decoder = new MultipartDecoder("b", Limits.DEFAULT);

        assertEquals(MultipartDecoder.Event.MORE, decoder.next(bytes(most)));
        MultipartFault fault = assertThrows(MultipartFault.class, () -> decoder.next(bytes("x")));
        assertEquals(
                "the multipart body has no delimiter of its boundary in its first 65536 bytes", fault.getMessage());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void contentIsARangeOfTheInputAndNotCopied() {
        MultipartDecoder decoder = new MultipartDecoder("b", Limits.DEFAULT);
        ByteBuffer in = bytes("--b\r\n\r\nlong \r\n content\r\n-");
        decoder.next(in);

        decoder.next(in);

        assertEquals(in.array(), decoder.content().array());
        assertEquals(
                "long \r\n content",
                StandardCharsets.ISO_8859_1.decode(decoder.content()).toString());
    }

    /** Bodies of the bytes that delimiters are made of, against a search in the whole. */
    @Test
    void randomContentIsFoundWhole() {
        Random random = new Random(14);
        for (int i = 0; i < 2000; i++) {
            String content = random.ints(random.nextInt(24), 0, 6)
                    .mapToObj(c -> "\r\n-bb ".substring(c, c + 1))
                    .reduce("", String::concat);
            if (!("\r\n" + content + "\r\n").matches("(?s).*\r\n--b(--|[ \t]*\r\n).*")) {
                assertEquals("<|" + content + "><|>.", play("--b\r\n\r\n" + content + "\r\n--b\r\n\r\n\r\n--b--"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; boundary=b, 'the body is text/plain, not multipart'",
        "multipart/mixed, multipart/mixed has no boundary",
        "multipart/mixed; boundary=, multipart/mixed has no boundary",
        "'multipart/mixed; boundary=\"\"', multipart/mixed has no boundary",
        "multipart/mixed; boundary=ü, the boundary is not of visible ASCII characters (RFC 2046 §5.1.1)",
        "'multipart/mixed; boundary=\"b \"', the boundary is not of visible ASCII characters (RFC 2046 §5.1.1)",
        "'multipart/mixed; boundary=\"a\tb\"', the boundary is not of visible ASCII characters (RFC 2046 §5.1.1)",
    })
    void withoutABoundaryThereAreNoParts(String type, String reason) {
        MediaType mediaType = MediaType.tryParse(type).orElseThrow();

        assertEquals(
                reason,
                assertThrows(MultipartFault.class, () -> MultipartDecoder.of(mediaType))
                        .getMessage());
    }

    @Test
    void aBoundaryHasAtMost70Characters() {
        MediaType type = MediaType.parse("multipart/mixed");
        MultipartDecoder.of(type.with("boundary", "b".repeat(70)));

        MultipartFault fault =
                assertThrows(MultipartFault.class, () -> MultipartDecoder.of(type.with("boundary", "b".repeat(71))));

        assertEquals("the boundary has 71 characters, more than 70 (RFC 2046 §5.1.1)", fault.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{3b8f}", "----=_Part_1@x", "a b", "'()+_,-./:=?", "$&[]*"})
    void boundariesThatServersUseAreTaken(String boundary) {
        MultipartDecoder.of(MediaType.parse("multipart/mixed").with("boundary", boundary));

        assertEquals("<|x>.", PartsPlayback.play(boundary, "--" + boundary + "\r\n\r\nx\r\n--" + boundary + "--\r\n"));
    }
}
