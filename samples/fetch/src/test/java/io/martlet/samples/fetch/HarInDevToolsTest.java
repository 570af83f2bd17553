package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.martlet.samples.demo.DemoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the network panel of Chromium makes of an archive of {@code --har}. Its importer is the browser's own and may move;
 * skipped where it is not found.
 */
class HarInDevToolsTest {
    private static final String PANEL = "devtools://devtools/bundled/devtools_app.html";
    private static final String IMPORTER = "import('./models/har/har.js')";

    @TempDir
    private Path directory;

    @Test
    void theNetworkPanelReadsEachRequest() throws Exception {
        assumeTrue(Chromium.find().isPresent(), "chromium is not installed: apt-get install chromium");
        Path har = directory.resolve("run.har");
        try (DemoServer server = DemoServer.start(0);
                Chromium browser = new Chromium(directory)) {
            String base = server.baseUrl();
            Cli.run(
                    "fetch",
                    "--har",
                    har.toString(),
                    "-d",
                    "a=1",
                    base + "redirect-to?url=/get",
                    base + "anything?a=1#b",
                    Peer.refusingUrl());
            browser.open(PANEL);
            String found =
                    browser.eval(IMPORTER + ".then(() => 'found', String)").asText();
            assumeTrue(found.equals("found"), found);
            String archive = new ObjectMapper().writeValueAsString(Files.readString(har));
            JsonNode read = browser.eval(IMPORTER + ".then(har => har.Importer.Importer.requestsFromHARLog("
                    + "new har.HARFormat.HARRoot(JSON.parse(" + archive + ")).log)"
                    + ".map(request => request.statusCode + ' ' + request.requestMethod + ' ' + request.url()))");
            List<String> written = new ArrayList<>();
            for (JsonNode entry : Cli.parse(Files.readString(har)).get("log").get("entries")) {
                JsonNode request = entry.get("request");
                written.add(entry.get("response").get("status").asText() + " "
                        + request.get("method").asText() + " "
                        + request.get("url").asText());
            }
            List<String> shown = new ArrayList<>();
            read.forEach(each -> shown.add(each.asText()));
            // The panel has them by their starts.
            written.sort(null);
            shown.sort(null);
            assertEquals(4, shown.size(), shown.toString());
            assertEquals(written, shown);
        }
    }
}
