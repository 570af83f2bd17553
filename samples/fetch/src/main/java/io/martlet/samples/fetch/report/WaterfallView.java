package io.martlet.samples.fetch.report;

import java.util.List;

/** Requests one by one, each with its phases. */
final class WaterfallView {
    /** How wide each is drawn, in units of its own. */
    private static final double WIDTH = 1000;

    private static final int MAX_LABEL = 60;

    private WaterfallView() {}

    static void write(Markup page, Chosen chosen, int all) {
        page.open("section", "id", "waterfall").element("h2", "Waterfall");
        legend(page);
        List<RequestRow> slowest = chosen.slowest();
        page.open("div", "class", "two");
        page.open("figure").element("h3", name(slowest, all, "slowest"));
        page.element("p", "Each from its own start", "class", "note");
        long longest = slowest.stream().mapToLong(RequestRow::nanos).max().orElse(0);
        table(page, slowest, longest, false);
        page.close().open("figure");
        List<RequestRow> first = chosen.first();
        page.element("h3", name(first, all, "first"));
        page.element("p", "From the start of the run", "class", "note");
        long end = first.stream()
                .mapToLong(row -> row.startNanos() + row.nanos())
                .max()
                .orElse(0);
        table(page, first, end, true);
        page.close().close().close();
    }

    private static String name(List<RequestRow> rows, int all, String which) {
        return rows.size() < all ? "The " + rows.size() + " " + which : "All, the " + which + " at the top";
    }

    private static void legend(Markup page) {
        page.open("p", "class", "legend");
        for (Stage stage : Stage.values()) {
            page.open("span")
                    .element("span", "", "class", "key " + stage.styleClass())
                    .text(stage.label())
                    .close();
        }
        page.open("span")
                .element("span", "", "class", "key track")
                .text("other waiting: for its turn, for a retry")
                .close();
        page.open("span")
                .element("span", "", "class", "key cut")
                .text("until it failed")
                .close();
        page.close();
    }

    private static void table(Markup page, List<RequestRow> rows, long end, boolean isFromStart) {
        page.open("table", "class", "waterfall").open("thead").open("tr");
        page.element("th", "Request", "scope", "col");
        page.open("th", "scope", "col", "class", "scale")
                .element("span", "0")
                .element("span", Units.time(end))
                .close();
        page.element("th", "Time", "scope", "col", "class", "n").close().close().open("tbody");
        rows.forEach(row -> row(page, row, Math.max(1, end), isFromStart ? row.startNanos() : 0));
        page.close().close();
    }

    private static void row(Markup page, RequestRow row, long end, long start) {
        String url = row.origin() + row.path();
        page.open("tr", "class", row.isFailed() ? "bad" : "");
        page.open("th", "scope", "row", "title", url);
        page.element("small", Units.count(row.index() + 1) + " ")
                .text(label(row))
                .close();
        page.open("td").open("svg", "viewBox", "0 0 1000 10", "preserveAspectRatio", "none", "role", "img");
        page.element("title", describe(row));
        piece(page, "track", start, row.nanos(), end, 5);
        for (RequestRow.Span span : row.spans()) {
            piece(page, span.stage().styleClass(), start + span.offsetNanos(), span.nanos(), end, 10);
        }
        if (row.problem() != null) {
            long heard = row.spans().stream()
                    .mapToLong(span -> span.offsetNanos() + span.nanos())
                    .max()
                    .orElse(0);
            piece(page, "cut", start + heard, row.nanos() - heard, end, 10);
        }
        page.close()
                .close()
                .element("td", Units.time(row.nanos()), "class", "n")
                .close();
    }

    private static String label(RequestRow row) {
        String label = row.host() + row.path();
        return label.length() <= MAX_LABEL ? label : label.substring(0, MAX_LABEL - 1) + "…";
    }

    private static String describe(RequestRow row) {
        StringBuilder text = new StringBuilder(row.outcome() + " in " + Units.time(row.nanos()));
        row.spans().stream()
                .filter(span -> span.nanos() > 0)
                .forEach(span -> text.append('\n')
                        .append(span.stage().label())
                        .append(": ")
                        .append(Units.time(span.nanos())));
        return text.toString();
    }

    private static void piece(Markup page, String style, long from, long nanos, long end, int height) {
        if (nanos > 0) {
            double x = Math.round(WIDTH * 10 * from / end) / 10.0;
            double width = Math.max(1.5, Math.round(WIDTH * 10 * nanos / end) / 10.0);
            page.empty("rect", "class", style, "x", x, "width", width, "y", (10 - height) / 2.0, "height", height);
        }
    }
}
