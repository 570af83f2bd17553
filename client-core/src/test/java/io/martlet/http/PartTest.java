package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.body.Multipart;
import io.martlet.error.ClientException.PayloadException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartTest {
    private static final MediaType MIXED = MediaType.parse("multipart/mixed; boundary=b");

    @Test
    void aBodyIsTakenApart() {
        List<Part> parts =
                Multipart.parse(MIXED, bytes("pre\r\n--b\r\nA: 1\r\n\r\none\r\n--b\r\n\r\n\r\n--b--\r\npost"));

        assertEquals(
                List.of("{A: 1} one", "{} "),
                parts.stream().map(part -> part.headers() + " " + part.text()).toList());
    }

    @Test
    void aBodyThatIsMalformedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Multipart.parse(MIXED, bytes("--b\r\n\r\none")));
    }

    @Test
    void aResponseWhosePartsAreMalformedIsAPayloadError() {
        ClientRequest request =
                ClientRequest.builder(Method.GET, Url.of("http://h/")).build();
        ClientResponse response = new ClientResponse(
                request,
                HttpVersion.HTTP_1_1,
                200,
                "",
                Headers.of("Content-Type", MIXED.toString()),
                bytes("--b\r\n\r\none"),
                List.of());

        assertEquals(
                "GET http://h/: the multipart body ends amid part 1, without a closing delimiter",
                assertThrows(PayloadException.class, response::parts).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "form-data; name=a; filename=b.txt ! a ! b.txt",
                "form-data; name=\"a b\"; filename=\"../b\" ! a b ! ../b",
                "attachment; filename*=UTF-8''%C3%BC ! ! ü",
                "form-data ! !",
                "; name=a ! !",
            })
    void theContentDispositionNamesThePart(String disposition, String name, String fileName) {
        Part part = part("", "Content-Disposition", disposition);

        assertEquals(Optional.ofNullable(name), part.name());
        assertEquals(Optional.ofNullable(fileName), part.fileName());
    }

    @Test
    void aPartThatDoesNotSayWhatItIsIsText() {
        assertEquals("text/plain", part("").mediaType().toString());
        assertEquals(MediaType.OCTET_STREAM, part("", "Content-Type", "text").mediaType());
    }

    @Test
    void textIsReadInTheDeclaredCharsetOrInUtf8() {
        assertEquals("ü", part("ü").text());
        assertEquals(
                "Ã¼",
                part("ü", "Content-Type", "text/plain; charset=iso-8859-1").text());
        assertEquals("Ã¼", part("ü").text(StandardCharsets.ISO_8859_1));
        assertEquals("ü", part("\ufeffü").text());
    }

    @Test
    void aTransferEncodingIsHandedOverAndNotDecoded() {
        Part part = part("YQ==", "Content-Transfer-Encoding", "base64");

        assertEquals("base64 YQ==", part.headers().get("Content-Transfer-Encoding") + " " + part.text());
    }

    @Test
    void aPartPrintsNothingOfWhatIsInIt() {
        Part part = part("secret", "X-Token", "secret");

        assertFalse(part.toString().contains("secret"));
        assertEquals("part of 6 bytes of text/plain", part.toString());
    }

    private static Part part(String text, String... fields) {
        return new Part(Headers.of(fields), bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
