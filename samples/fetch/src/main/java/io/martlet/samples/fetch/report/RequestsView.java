package io.martlet.samples.fetch.report;

/** The frame of the table of requests, which the page's script fills. */
final class RequestsView {
    private RequestsView() {}

    static void write(Markup page, TableData data) {
        page.open("section", "id", "requests").element("h2", "Requests");
        if (data.left() > 0) {
            String some = "The table holds the first " + Units.count(data.rows()) + " requests, not the "
                    + Units.count(data.left()) + " after them. All other figures of this page are of all requests.";
            page.element("p", some, "class", "note");
        }
        page.element(
                "noscript",
                "Searching the table needs JavaScript. All else on this page does without; all requests are in the"
                        + " output of --format csv or jsonl, too.");
        page.open("div", "id", "table", "hidden", "hidden");
        page.open("form", "class", "filters", "role", "search");
        page.open("label").text("Search ");
        page.empty("input", "type", "search", "id", "text", "placeholder", "URL, status, error", "autocomplete", "off");
        page.close().open("label").text("Outcome ");
        page.element("select", "", "id", "outcome").close();
        page.open("label").text("Host ").element("select", "", "id", "host").close();
        page.element("button", "Reset", "type", "reset");
        page.element("output", "", "id", "count", "for", "text outcome host").close();
        page.open("div", "class", "scroll")
                .open("table", "class", "requests")
                .open("thead")
                .open("tr");
        column(page, "#", "index", "n");
        column(page, "Outcome", "outcome", "");
        column(page, "URL", "url", "");
        column(page, "Bytes", "bytes", "n");
        column(page, "Start", "start", "n");
        column(page, "Time", "time", "n");
        page.close().close().element("tbody", "", "id", "rows").close().close();
        page.open("p", "class", "pages");
        page.element("button", "Previous", "type", "button", "id", "previous");
        page.element("span", "", "id", "page");
        page.element("button", "Next", "type", "button", "id", "next");
        page.close().close().close();
    }

    private static void column(Markup page, String name, String key, String style) {
        page.open("th", "scope", "col", "class", style);
        page.element("button", name, "type", "button", "data-sort", key).close();
    }
}
