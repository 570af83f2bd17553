package io.martlet.samples.fetch.report;

import java.util.List;

/** What failed, by what went wrong and host. */
final class ErrorsView {
    private static final int MAX_SHOWN = 100;

    private ErrorsView() {}

    static void write(Markup page, ErrorGroups errors) {
        page.open("section", "id", "errors").element("h2", "Errors");
        List<ErrorGroups.Group> groups = errors.groups();
        if (groups.isEmpty()) {
            page.element("p", "None: every request was answered with a status below 400.", "class", "note")
                    .close();
            return;
        }
        page.open("div", "class", "scroll")
                .open("table", "class", "errors")
                .open("thead")
                .open("tr");
        page.element("th", "Requests", "scope", "col", "class", "n");
        for (String name : List.of("What", "Host", "Phase", "The first of them")) {
            page.element("th", name, "scope", "col");
        }
        page.close().close().open("tbody");
        groups.stream().limit(MAX_SHOWN).forEach(group -> row(page, group));
        page.close().close().close();
        long left = errors.inNoGroup()
                + groups.stream()
                        .skip(MAX_SHOWN)
                        .mapToLong(ErrorGroups.Group::count)
                        .sum();
        if (left > 0) {
            page.element(
                    "p",
                    Units.count(left) + " more failures, of kinds that are rarer, are not shown.",
                    "class",
                    "note");
        }
        page.close();
    }

    private static void row(Markup page, ErrorGroups.Group group) {
        page.open("tr").element("td", Units.count(group.count()), "class", "n bad");
        page.open("th", "scope", "row");
        page.element("a", group.what(), "href", "#requests", "data-host", group.host(), "data-outcome", group.what())
                .close();
        page.element("td", group.host());
        page.element("td", group.phase() == null ? "" : group.phase());
        page.element("td", group.message(), "class", "message").close();
    }
}
