package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.error.ClientException.InvalidUrlException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must be true of every URL, on random input with fixed seeds. */
class UrlFuzzTest {
    private static final int INPUTS = 20_000;

    private static final Pattern VISIBLE = Pattern.compile("/[\\x21-\\x7E]*");
    private static final Pattern HOST = Pattern.compile("[\\x21-\\x7E&&[^/?#@\\\\%<>|^ ]]+");

    private static final String[] PIECES = ("http://,https://,http:,HTTP:/,//,ftp:,@,:,:80,:443,:0,:99999,/,\\,?,#,&,=,"
                    + "+,.,..,%2e,%2E%2E,%,%0d%0a,%zz,%C3%A9,%ff,[,],[::1],[1:2::3.4.5.6],127.0.0.1,0x7f.1,h,"
                    + "example.com,xn--,xn--bcher-kva,xn--a,é,ß,日本,。,א,ا,\u200d,\u0dca,\u00ad,\u0301,"
                    + "\uD83D\uDE00,\uD83D,\uDE00,\uFFFF,\0,\t,\r,\n, ,\u0085,\u2028,\u00a0,\u007f,"
                    + "',\",<,>,`,{,},|,^,~,;,!,$,*,a,Z,9,-,_")
            .split(",");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsAcceptedIsSafeToSendAndReadsBackTheSame(long seed) throws InvalidUrlException {
        Random random = new Random(seed);
        Url base = Url.of("https://base.example/a/b?c#d");
        int accepted = 0;
        for (int i = 0; i < INPUTS; i++) {
            String input = (random.nextBoolean() ? "http://h" : "") + input(random);
            Url url = resolvedOrNull(base, input);
            if (url != null) {
                accepted++;
                checkInvariants(url, input);
                assertEquals(url, Url.parse(url.href()), input);
                assertEquals(url.withoutFragment(), url.resolve(""), input);
            }
        }
        assertTrue(accepted > INPUTS / 2, accepted + " accepted");
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void aPathIsTheSameWhetherItIsCutOrBuilt(long seed) throws InvalidUrlException {
        Random random = new Random(seed);
        Url base = Url.of("https://base.example/");
        for (int i = 0; i < INPUTS; i++) {
            String path = input(random).replaceAll("[\\t\\r\\n]", "").trim();

            // A backslash is a slash, and has every path built.
            assertEquals(resolvedOrNull(base, "http://h\\" + path), resolvedOrNull(base, "http://h/" + path), path);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void aRawUrlIsSentAsWrittenOrRefused(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < INPUTS; i++) {
            String input = input(random);
            String target = "/" + input.replaceAll("[^\\x21-\\x7E]|#", "");

            assertEquals(target, Url.raw("http://h" + target).requestTarget());
            Url url = rawOrNull("http://h" + input);
            if (url != null) {
                checkInvariants(url, input);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6})
    void randomParametersSurviveTheirWayThroughAUrl(long seed) throws InvalidUrlException {
        Random random = new Random(seed);
        for (int i = 0; i < INPUTS; i++) {
            QueryParams params = QueryParams.of(text(random), text(random), text(random), text(random));

            Url url = Url.of("http://h/?x").appendQuery(params);

            checkInvariants(url, params.encoded());
            assertEquals(url, Url.parse(url.href()));
            assertEquals(params.toBuilder().build(), QueryParams.parse(params.encoded()));
        }
    }

    @Test
    void everyIpv6AddressKeepsItsValueAndHasOneForm() throws UnknownHostException {
        Random random = new Random(7);
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = address(random);

            String canonical = HostParser.parse('[' + written(bytes, random) + ']');

            assertArrayEquals(bytes, InetAddress.getByName(canonical).getAddress(), canonical);
            assertEquals(canonical, HostParser.parse('[' + written(bytes, random) + ']'));
        }
    }

    private static void checkInvariants(Url url, String input) {
        assertTrue(VISIBLE.matcher(url.requestTarget()).matches(), () -> input + " -> " + url.requestTarget());
        assertEquals(-1, url.requestTarget().indexOf('#'), input);
        assertTrue(HOST.matcher(url.hostHeader()).matches(), () -> input + " -> " + url.hostHeader());
        assertTrue(url.port() >= 0 && url.port() <= 65_535, input);
        URI uri = url.toUri();
        assertEquals(url.scheme(), uri.getScheme(), input);
        assertTrue(uri.getHost() == null || uri.getHost().equals(url.host()), () -> input + " -> " + uri);
        assertTrue(Url.of(uri.toString()).sameOrigin(url), () -> input + " -> " + uri);
    }

    private static Url resolvedOrNull(Url base, String input) {
        try {
            return base.resolve(input);
        } catch (InvalidUrlException e) {
            return null;
        }
    }

    private static Url rawOrNull(String input) {
        try {
            return Url.raw(input);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String input(Random random) {
        StringBuilder input = new StringBuilder();
        for (int i = random.nextInt(10); i >= 0; i--) {
            input.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return input.toString();
    }

    /** Any text that has a UTF-8 form. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int c = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '?' : c);
        }
        return text.toString();
    }

    /** Many zeros, but no IPv4-mapped address, which the JDK turns into an IPv4 one. */
    private static byte[] address(Random random) {
        byte[] bytes = new byte[16];
        bytes[0] = 0x20;
        for (int i = 1; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : 0);
        }
        return bytes;
    }

    /** One of the many ways to write an address. */
    private static String written(byte[] bytes, Random random) {
        boolean dotted = random.nextBoolean();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < (dotted ? 12 : 16); i += 2) {
            int piece = (bytes[i] & 0xFF) << 8 | bytes[i + 1] & 0xFF;
            String format = random.nextBoolean() ? "%x" : "%04X";
            text.append(i == 0 ? "" : ":").append(String.format(format, piece));
        }
        if (dotted) {
            text.append(String.format(
                    ":%d.%d.%d.%d", bytes[12] & 0xFF, bytes[13] & 0xFF, bytes[14] & 0xFF, bytes[15] & 0xFF));
        }
        return random.nextBoolean() ? text.toString().replaceFirst(":0+:(0+:)*", "::") : text.toString();
    }
}
