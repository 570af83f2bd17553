package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of the input that are more than a URL. */
class InputLinesTest {
    @TempDir
    private Path out;

    @Test
    void aLineSaysWhatItsRequestIsLike() throws Exception {
        try (DemoServer server = DemoServer.start(0)) {
            String url = server.baseUrl() + "anything";
            String input = "{\"url\": \"" + url + "\", \"method\": \"PUT\", \"headers\": {\"X-A\": \"own\", \"X-B\":"
                    + " [\"1\", \"2\"]}, \"body\": {\"a\": [1, 1e400, 0.10]}}\n"
                    + "{\"body\": \"text\", \"url\": \"" + url + "\"}\n" + url + "\n";
            Result result = Cli.runWithInput(input, "fetch", "-i", "-", "-H", "X-A: all", "-o", out.toString());
            assertEquals(0, result.exitCode(), result.out());
            JsonNode first = saved("00001");
            assertEquals("PUT", first.get("method").asText());
            assertEquals("{\"a\": [1, 1e400, 0.10]}", first.get("data").asText());
            assertEquals(
                    "application/json", first.get("headers").get("Content-Type").asText());
            assertEquals("own", first.get("headers").get("X-A").asText());
            assertEquals("1,2", first.get("headers").get("X-B").asText());
            JsonNode second = saved("00002");
            assertEquals("POST", second.get("method").asText());
            assertEquals("text", second.get("data").asText());
            assertEquals("all", second.get("headers").get("X-A").asText());
            assertEquals("GET", saved("00003").get("method").asText());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"url\": hunter2          | The line is not JSON, as column 9 shows",
                "{\"url\": 1}               | url of the line is no string",
                "{\"body\": \"hunter2\"}    | The line has no url",
                "{\"url\": \"x\", \"hunter2\": 1} | The line has a field that is none of url, method, headers, body",
                "{\"url\": \"x\"} {}        | The line is more than one JSON object",
                "{\"headers\": \"hunter2\"} | headers of the line is no object",
                "{\"headers\": {\"a b\": \"hunter2\"}} | headers of the line: a name or a value holds what no header"
                        + " can",
                "{\"method\": \"G T\"}      | method of the line is not a token (RFC 9110 §9.1)",
                "{\"method\": \"hunter2 \"}  | method of the line is not a token (RFC 9110 §9.1)"
            })
    void aWrongLineFailsAloneAndIsNotShown(String line, String message) {
        Result result = Cli.runWithInput(line + "\nhttp://127.0.0.1:1/\n", "fetch", "-i", "-", "--format", "jsonl");
        List<String> messages = new ArrayList<>();
        result.json()
                .forEach(json -> messages.add(json.get("error").get("message").asText()));
        assertEquals(2, messages.size());
        assertEquals(message, messages.get(0));
        assertFalse(result.out().contains("hunter2"), result.out());
    }

    @Test
    void aLineThatIsTooDeepFailsAlone() {
        String deep = "{\"url\": \"http://127.0.0.1:1/\", \"body\": " + "[".repeat(20_000) + "]".repeat(20_000) + "}\n";
        Result result = Cli.runWithInput(deep + "nonsense\n", "fetch", "-i", "-", "--format", "jsonl");
        assertEquals(2, result.json().size());
        assertEquals(
                "The line is JSON that is too deep, or too long",
                result.json().get(0).get("error").get("message").asText());
    }

    private JsonNode saved(String number) throws Exception {
        return Cli.parse(Files.readString(out.resolve(number + "-anything")));
    }
}
