package io.martlet.samples.fetch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.martlet.samples.fetch.report.RequestRow.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page as a whole: what it says, and that nothing in it can be more than a text. */
class RunReportTest {
    private static final String HOSTILE = "</script><script>alert(1)</script><!--\u2028\u2029'\"&\ud800<svg onload=x>";

    private final RunReport report = new RunReport();

    @Test
    void aRunWithoutRequestsIsAPage() throws IOException {
        String page = page(0);
        assertTrue(page.contains("0 requests to 0 hosts"));
        assertTrue(page.contains("None: every request was answered"));
        assertEquals("{\"rows\":[],\"origins\":[]}", data(page));
    }

    @Test
    void aSingleRequestThatTookNoTimeIsAPage() throws IOException {
        report.add(Rows.ok("a", 0, 0));
        String page = page(0);
        assertTrue(page.contains("1 request to 1 host<"));
        assertNothingIsNoNumber(page);
    }

    @Test
    void whereAllFailedThereIsNoMedian() throws IOException {
        for (int i = 0; i < 5; i++) {
            report.add(Rows.failed("gone", "ConnectorException", i, 61_000));
        }
        String page = page(0);
        assertTrue(page.contains("<dt>Median</dt><dd>–</dd>"));
        assertTrue(page.contains("0 with a response"));
        assertTrue(page.contains("1 min 1 s"));
        assertNothingIsNoNumber(page);
    }

    @Test
    void whatComesFromElsewhereIsTextInMarkupAndInData() throws IOException {
        report.add(new RequestRow(
                0, "http://" + HOSTILE, HOSTILE, 0, new Problem(HOSTILE, HOSTILE, HOSTILE), 0, 0, 1, 1, List.of()));
        String page = page(3, HOSTILE);
        assertEquals(2, count(page, "<script"), "its own data and script");
        assertEquals(2, count(page, "</script"));
        assertEquals(0, count(page, "<!--"));
        assertEquals(0, count(page, "<svg onload"));
        assertFalse(data(page).chars().anyMatch(c -> c > 126 || c == '<' || c == '>' || c == '&' || c == '\''));
        JsonNode row = new ObjectMapper().readTree(data(page)).get("rows").get(0);
        assertEquals(HOSTILE, row.get(2).asText());
        assertEquals(HOSTILE, row.get(8).asText());
        assertEquals(HOSTILE + " [" + HOSTILE + "]", row.get(9).asText());
    }

    @Test
    void thePageLoadsNothingAndRunsNothingButItsOwn() throws IOException {
        String page = page(0);
        Matcher policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"")
                .matcher(page);
        assertTrue(policy.find());
        assertTrue(
                policy.group(1)
                        .matches("default-src &#39;none&#39;; script-src &#39;sha256-[\\w+/=]{44}&#39;; style-src"
                                + " &#39;sha256-[\\w+/=]{44}&#39;; img-src data:; base-uri &#39;none&#39;;"
                                + " form-action &#39;none&#39;"),
                policy.group(1));
        assertEquals(0, count(page, " style=\""));
        assertEquals(0, count(page, " src="));
        assertEquals(0, count(page, "@import"));
    }

    @Test
    void tenThousandRequestsAreAPageBelowThreeMegabytes() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            report.add(Rows.failed("host" + i % 300 + ".example.com", "ConnectTimeoutException", i, i % 977));
        }
        assertTrue(page(0).length() < 3_000_000);
    }

    @Test
    void beyondTheLastRowOfTheTableFiguresGoOn() throws IOException {
        for (int i = 0; i < TableData.MAX_ROWS + 2_000; i++) {
            report.add(i < TableData.MAX_ROWS ? Rows.ok("a", i, 5) : Rows.ok("late", i, 9_000));
        }
        String page = page(0);
        assertTrue(page.contains("102,000 requests to 2 hosts"));
        assertTrue(page.contains("The table holds the first 100,000 requests, not the 2,000 after them."));
        assertEquals(
                TableData.MAX_ROWS,
                new ObjectMapper().readTree(data(page)).get("rows").size());
        assertTrue(page.contains(">late</a> is slow"), "found though it is in no row");
        assertTrue(page.length() < 8_000_000, "characters: " + page.length());
    }

    @Test
    void longTextsDoNotMakeThePageTooLargeForABrowser() throws IOException {
        Problem problem = new Problem("X", null, "<".repeat(500));
        for (int i = 0; i < 10_000; i++) {
            report.add(new RequestRow(i, "http://a", "/", 0, problem, 0, 0, 1, 1, List.of()));
        }
        String page = page(0);
        assertTrue(page.length() < TableData.MAX_BYTES + 200_000, "characters: " + page.length());
        assertTrue(page.contains("The table holds the first 5,") && page.contains("10,000 requests to 1 host"));
    }

    @Test
    void aRunThatEndedEarlySaysSo() throws IOException {
        assertTrue(page(3, "interrupted").contains("The run ended early, interrupted: 3 under way were given up."));
    }

    private static void assertNothingIsNoNumber(String page) {
        String drawn = page.substring(page.indexOf("<body>"), page.indexOf("<script type"));
        assertFalse(Pattern.compile("NaN|Infinity|(width|height|x|y)=\"-")
                .matcher(drawn)
                .find());
    }

    private String page(long givenUp) throws IOException {
        return page(givenUp, "");
    }

    private String page(long givenUp, String why) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        report.write(out, new Ending(Instant.EPOCH, 5_000 * Rows.MILLI, givenUp, why));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String data(String page) {
        int from = page.indexOf(">", page.indexOf("id=\"data\"")) + 1;
        return page.substring(from, page.indexOf("</script>", from));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
