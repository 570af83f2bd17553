package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.report.Ending;
import io.martlet.samples.fetch.report.RequestRow;
import io.martlet.samples.fetch.report.RequestRow.Problem;
import io.martlet.samples.fetch.report.RequestRow.Span;
import io.martlet.samples.fetch.report.RunReport;
import io.martlet.samples.fetch.report.Stage;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of --report in a real browser. Skipped where there is none; CI installs it. */
class ReportInChromiumTest {
    private static final long MILLI = 1_000_000;
    private static final String ROWS = "document.querySelectorAll('#rows tr').length";
    private static final String COUNT = "document.querySelector('#count').textContent";

    @TempDir
    private static Path folder;

    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        if (Chromium.find().isPresent()) {
            browser = new Chromium(folder);
        }
    }

    @BeforeEach
    void isInstalled() {
        assumeTrue(browser != null, "chromium is not installed: apt-get install chromium");
    }

    @AfterEach
    void isQuietAndAlone() throws Exception {
        if (browser == null) {
            return;
        }
        assertEquals(List.of(), browser.complaints());
        assertTrue(
                browser.loaded().stream().allMatch(url -> url.startsWith("file:") || url.startsWith("data:")),
                () -> browser.loaded().toString());
        browser.allowScripts(true);
        browser.show("screen", "light");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void theSlowHostOfARunOfTheCommandIsSeenFirst() throws Exception {
        Path page = folder.resolve("run.html");
        try (DemoServer server = DemoServer.start(0)) {
            List<String> urls = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String host = List.of("a.test", "b.test", "c.test").get(i % 3);
                urls.add(server.baseUrl().replace("127.0.0.1", i % 50 == 0 ? "slow.test" : host)
                        + (i % 50 == 0 ? "delay/1.5" : "get?number=" + i));
            }
            Path input = Files.write(folder.resolve("urls.txt"), urls);
            List<String> args = new ArrayList<>(List.of("fetch", "-i", input.toString(), "--report", page.toString()));
            for (String host : List.of("a", "b", "c", "slow")) {
                args.addAll(List.of("--resolve", host + ".test:" + server.port() + ":127.0.0.1"));
            }
            Process fetch = Cli.start(folder.resolve("messages"), args.toArray(String[]::new));
            fetch.getInputStream().readAllBytes();
            assertTrue(fetch.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, fetch.exitValue(), Files.readString(folder.resolve("messages")));
            browser.open(page);
            String slow = "slow.test:" + server.port();
            assertEquals(slow, text(".hosts a"));
            assertEquals(slow, text(".findings a"));
            browser.eval("document.querySelector('.findings a').click()");
            awaitCount("6 of 300 requests");
            assertEquals("http://" + slow + "/delay/1.5", text("#rows .url"));
        }
    }

    @Test
    void theTableOfTenThousandRequestsIsSearchedFilteredSortedAndTurned() throws Exception {
        browser.open(page("many.html", 10_000));
        assertTrue(Files.size(folder.resolve("many.html")) < 3_000_000);
        assertEquals(100, browser.eval(ROWS).intValue());
        assertEquals("10,000 requests", browser.eval(COUNT).asText());

        browser.eval("document.querySelector('#text').focus()");
        browser.type("ITEM/77 ");
        awaitCount("111 of 10,000 requests");
        browser.eval("document.querySelector('#next').click()");
        assertEquals(11, browser.eval(ROWS).intValue());
        assertEquals("Page 2 of 2", text("#page"));

        browser.eval("document.querySelector('[type=reset]').click()");
        awaitCount("10,000 requests");
        choose("outcome", "failed");
        awaitCount("200 of 10,000 requests");
        choose("outcome", "ConnectTimeoutException");
        awaitCount("100 of 10,000 requests");
        choose("host", "host3.test");
        awaitCount("0 of 10,000 requests");

        browser.eval("document.querySelector('[type=reset]').click()");
        awaitCount("10,000 requests");
        browser.eval("document.querySelector('[data-sort=time]').click()");
        assertEquals("descending", text("[data-sort=time]", "parentElement.ariaSort"));
        assertEquals("2.00 s", text("#rows tr td:last-child"));
    }

    @Test
    void whatServersSayIsTextAndNoMarkup() throws Exception {
        String hostile = "</script><img src=x onerror=alert(1)><!--<script>\u2028'\"&amp;";
        RunReport report = new RunReport();
        report.add(new RequestRow(
                0,
                "http://" + hostile,
                "/" + hostile,
                0,
                new Problem(hostile, hostile, hostile),
                0,
                0,
                MILLI,
                2,
                List.of()));
        browser.open(written("hostile.html", report));
        assertEquals(0, browser.eval("document.images.length").intValue());
        assertEquals(2, browser.eval("document.scripts.length").intValue());
        assertTrue(text("#rows .url").startsWith("http://" + hostile.substring(0, 40)), text("#rows .url"));
        assertTrue(text(".errors td.message").startsWith(hostile.substring(0, 40)));
        browser.eval("document.querySelector('.errors a').click()");
        awaitCount("1 requests");
    }

    @Test
    void withoutScriptsAllButTheTableIsThere() throws Exception {
        browser.allowScripts(false);
        browser.open(page("still.html", 1_000));
        browser.allowScripts(true);
        assertTrue(browser.eval("document.querySelector('#table').hidden").booleanValue());
        assertEquals(
                100,
                browser.eval("document.querySelectorAll('.waterfall tbody tr').length")
                        .intValue());
        assertTrue(browser.eval("document.querySelectorAll('svg rect').length").intValue() > 100);
    }

    @Test
    void pagesOfAnySizeAreDrawnAndFitTheirWindow() throws Exception {
        for (int requests : new int[] {0, 1, 7, 1_000}) {
            browser.open(page("size.html", requests));
            for (int width : new int[] {1280, 390}) {
                browser.resize(width, 800);
                int drawn = browser.eval("document.documentElement.scrollWidth").intValue();
                assertTrue(drawn <= width, requests + " requests are " + drawn + " wide in " + width);
            }
            JsonNode wrong = browser.eval("[...document.querySelectorAll('svg *')].filter(each =>"
                    + " /NaN|Infinity|=\"-/.test(each.outerHTML)).map(each => each.outerHTML)");
            assertEquals("[]", wrong.toString());
        }
    }

    @Test
    void lightDarkAndPaperDiffer() throws Exception {
        browser.open(page("seen.html", 1_000));
        browser.resize(1280, 900);
        byte[] light = browser.screenshot();
        browser.show("screen", "dark");
        byte[] dark = browser.screenshot();
        assertTrue(!Arrays.equals(light, dark) && light.length > 20_000 && dark.length > 20_000);
        browser.show("print", "dark");
        assertEquals("rgb(255, 255, 255)", text("body", "computedStyleMap().get('background-color').toString()"));
        assertEquals("none", text("nav", "computedStyleMap().get('display').toString()"));
        assertTrue(new String(browser.pdf(), StandardCharsets.ISO_8859_1).startsWith("%PDF"));
    }

    private static void choose(String select, String value) throws Exception {
        browser.eval("document.getElementById('" + select + "').value = '" + value + "';" + "document.getElementById('"
                + select + "').dispatchEvent(new Event('input', { bubbles: true }))");
    }

    /** Changes of the table are told by those who make them, so nothing here waits longer than it must. */
    private static void awaitCount(String count) throws Exception {
        String now = browser.eval("new Promise(resolve => { const seen = () => " + COUNT + " === '" + count + "'; if"
                        + " (seen())"
                        + " { resolve(true);"
                        + " return;"
                        + " } const"
                        + " watch"
                        + " = new"
                        + " MutationObserver(()"
                        + " => {"
                        + " if (seen())"
                        + " resolve(true);"
                        + " }); watch.observe(document.querySelector('#count'),"
                        + " { childList:"
                        + " true,"
                        + " characterData:"
                        + " true,"
                        + " subtree:"
                        + " true"
                        + " }); setTimeout(()"
                        + " => resolve(" + COUNT + "), 20000); })")
                .asText();
        assertEquals("true", now);
    }

    private static String text(String selector) throws Exception {
        return text(selector, "textContent");
    }

    private static String text(String selector, String property) throws Exception {
        return browser.eval("document.querySelector('" + selector + "')." + property)
                .asText();
    }

    private static Path page(String name, int requests) throws Exception {
        RunReport report = new RunReport();
        for (int i = 0; i < requests; i++) {
            report.add(row(i));
        }
        return written(name, report);
    }

    private static Path written(String name, RunReport report) throws Exception {
        Path page = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(page)) {
            report.write(out, new Ending(Instant.EPOCH, 12_000 * MILLI, 0, ""));
        }
        return page;
    }

    /** Of a hundred, one is a status 500, one a time-out at host2. */
    private static RequestRow row(int i) {
        boolean timedOut = i % 100 == 42;
        long nanos = timedOut ? 2_000 * MILLI : (1 + i * 7919L % 97) * MILLI;
        return new RequestRow(
                i,
                "https://host" + i % 10 + ".test",
                "/item/" + i,
                timedOut ? 0 : i % 100 == 43 ? 500 : 200,
                timedOut ? new Problem("ConnectTimeoutException", "connect", "Waited 2 s") : null,
                i,
                i * MILLI,
                nanos,
                1,
                timedOut
                        ? List.of()
                        : List.of(
                                new Span(Stage.FIRST_BYTE, 0, nanos / 2),
                                new Span(Stage.RECEIVE, nanos / 2, nanos / 2)));
    }
}
